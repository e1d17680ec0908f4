// The walk over a translation unit's syntax tree: what the text alone does not decide.
// SPDX-License-Identifier: MIT
//
// It enters every declaration that stands in a checked file, and from there whatever specialisation
// of a checked template is called. walk.cpp leads; declarations.cpp, first_values.cpp,
// foreign.cpp, expressions.cpp, calls.cpp, casts.cpp and returns.cpp look at what it meets.
#pragma once

#include "report.hpp"
#include "zones.hpp"

#include <set>
#include <string>
#include <unordered_map>

namespace safe {

class Walk {
public:
    Walk(CXTranslationUnit unit, Zones& zones, Report& report);

    void whole_unit();

private:
    using Cursors = std::vector<CXCursor>;

    // walk.cpp
    void visit(CXCursor cursor);
    void enter(CXCursor cursor); // unless it is nested too deeply to be walked through
    void visit_node(CXCursor cursor);
    void visit_children(CXCursor cursor);
    void follow(CXCursor declaration);
    void note_macro(CXCursor expansion);
    bool is_macro_of_lib(CXCursor statement_expression) const;

    // declarations.cpp: what is declared, and may it be?
    void declaration(CXCursor cursor);
    void function(CXCursor cursor);
    void variable(CXCursor cursor);
    void local_variable(CXCursor cursor);
    void unexposed(CXCursor cursor);
    void type(CXCursor cursor, CXType type);
    bool says(CXCursor cursor, const std::set<std::string>& words) const;

    // first_values.cpp: what an object is before it is whole
    void fields(CXCursor record);
    void own_initialiser(CXCursor declaration);
    void construction(CXCursor constructor);
    void member_value(CXCursor member, CXCursor value);

    // foreign.cpp: what belongs to others
    void linkage(CXCursor block);
    void name_space(CXCursor cursor);
    void specialisation(CXCursor cursor);
    void variable_template(CXCursor cursor);
    void foreign(CXCursor cursor);
    bool may_define(CXCursor cursor, CXCursor first);
    void base(CXCursor specifier);

    // expressions.cpp: visits what is below, too
    void expression(CXCursor cursor);
    void range_for(CXCursor cursor);
    bool is_listed_range(CXType type);
    void generic_call(CXCursor function);
    void member(CXCursor cursor);
    bool is_arrow_of_std(CXCursor expression);
    void lambda(CXCursor cursor);
    void statement_expression(CXCursor cursor);
    std::string first_word(CXCursor cursor) const;

    // calls.cpp: who is called, with what, and may the name be used?
    void call(CXCursor cursor);
    void use(CXCursor cursor, CXCursor declaration);
    void name(CXCursor cursor, CXCursor declaration);
    void codec(CXCursor cursor, CXCursor function);
    bool is_trusted_call(CXCursor call, CXCursor function);

    // casts.cpp
    void cast(CXCursor cursor);
    void init_list(CXCursor cursor, CXType target);

    // lists.cpp
    void list(CXCursor cursor, CXType type);

    // returns.cpp
    void returns(CXCursor function, CXType result);
    void stores(CXCursor function);

    // payloads.cpp
    void payloads(CXCursor function);

    // temporaries.cpp
    void view_of_temporary(CXCursor cursor, CXCursor source, CXType view);

    CXTranslationUnit unit_;
    Zones& zones_;
    Report& report_;
    bool is_header_; // the file that is checked
    Cursors to_follow_;
    std::unordered_multimap<unsigned, CXCursor> followed_;
    std::set<std::pair<CXFile, unsigned>> macros_of_lib_; // their expansions, by file and offset
};

} // namespace safe
