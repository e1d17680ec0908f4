// Expressions: pointers and arrays wherever they show, and what needs a look of its own.
// SPDX-License-Identifier: MIT
#include "allowed.hpp"
#include "types.hpp"
#include "walk.hpp"

#include <algorithm>

namespace safe {

std::string Walk::first_word(CXCursor cursor) const {
    const CXSourceLocation start = clang_getRangeStart(clang_getCursorExtent(cursor));
    const std::vector<Word> words = words_of(unit_, clang_getRange(start, start));
    return words.empty() ? "" : words.front().text;
}

// `this`, as it is or as a pointer to a base class.
static bool is_this(CXCursor cursor) {
    return clang_getCursorKind(without_conversions(cursor)) == CXCursor_CXXThisExpr;
}

void Walk::expression(CXCursor cursor) {
    const CXType its_type = clang_getCursorType(cursor);
    switch (clang_getCursorKind(cursor)) {
    case CXCursor_CXXThisExpr: // other than in front of a member
        report_.add(Rule::pointer, cursor);
        return;
    case CXCursor_StringLiteral: // other than where a std::string_view is made of it
    case CXCursor_CompoundLiteralExpr:
        report_.add(Rule::array, cursor);
        return;
    case CXCursor_UnaryExpr: // sizeof, alignof: never evaluated
        return;
    case CXCursor_CXXNewExpr:
    case CXCursor_CXXDeleteExpr:
        report_.add(Rule::dynamic_memory, cursor);
        break;
    case CXCursor_CXXThrowExpr:
    case CXCursor_CXXTypeidExpr:
        report_.add(Rule::exception, cursor);
        break;
    case CXCursor_AddrLabelExpr:
        report_.add(Rule::jump, cursor);
        return;
    case CXCursor_CXXStaticCastExpr:
    case CXCursor_CXXReinterpretCastExpr:
    case CXCursor_CXXConstCastExpr:
    case CXCursor_CXXDynamicCastExpr:
    case CXCursor_CStyleCastExpr:
    case CXCursor_CXXFunctionalCastExpr:
        cast(cursor);
        break;
    case CXCursor_InitListExpr:
        list(cursor, its_type); // its own type may be the array inside a std::array
        return;
    case CXCursor_StmtExpr:
        statement_expression(cursor);
        return;
    case CXCursor_LambdaExpr:
        lambda(cursor);
        return;
    case CXCursor_MemberRefExpr:
        member(cursor);
        return;
    case CXCursor_CallExpr:
        call(cursor);
        return;
    case CXCursor_UnaryOperator: {
        const Cursors operand = children(cursor);
        if (first_word(cursor) == "&" && !operand.empty())
            report_.add(Rule::address_of, cursor);
        if (operand.size() == 1 && is_this(operand.front()))
            return; // *this
        break;
    }
    case CXCursor_DeclRefExpr:
        use(cursor, referenced(cursor));
        break;
    default:
        break;
    }
    type(cursor, its_type);
    visit_children(cursor);
}

// A class of one's own has a begin and an end of its own, which are called out of sight. What a
// template's parameter is shows where the template is used.
bool Walk::is_listed_range(CXType type) {
    type = canonical(type);
    if (is_reference(type))
        type = clang_getPointeeType(type);
    if (!is_record(type))
        return true;
    const CXCursor its_class = clang_getTypeDeclaration(type);
    const std::string name = qualified_name(its_class);
    return zones_.of(its_class) == Zone::trusted || name == "std::array" || name == "std::span" ||
           name == "std::basic_string_view";
}

// A generic lambda, or a template that is called like a function: by std::visit, for instance.
void Walk::generic_call(CXCursor function) {
    const Cursors below = children(function);
    const auto is_parameter = [&](CXCursor use) {
        return clang_getCursorKind(use) == CXCursor_DeclRefExpr &&
               std::ranges::any_of(below, [&](CXCursor child) {
                   return clang_getCursorKind(child) == CXCursor_ParmDecl &&
                          clang_equalCursors(child, referenced(use)) != 0;
               });
    };
    if (any_below(function, is_parameter))
        report_.add(Rule::generic_call, function);
}

// The hidden begin and end, and what is done with them, are the loop's own business.
void Walk::range_for(CXCursor cursor) {
    const Cursors below = children(cursor);
    for (std::size_t i = 0; i < below.size(); ++i) {
        if (i == 0 && clang_isDeclaration(clang_getCursorKind(below[i])) != 0) {
            type(below[i], clang_getCursorType(below[i]));
            continue;
        }
        visit(below[i]);
        if (i == 1) {
            if (!is_listed_range(clang_getCursorType(below[i])))
                report_.add(Rule::begin_data, below[i]);
            const CXCursor function = referenced(without_conversions(below[i]));
            const bool called = is_function(function);
            view_of_temporary(below[i], below[i],
                              called ? clang_getResultType(clang_getCursorType(function))
                                     : clang_getCursorType(below[i]));
        }
    }
}

// x->y, where x is a std::optional or a Result.
bool Walk::is_arrow_of_std(CXCursor expression) {
    const CXCursor function = referenced(without_conversions(expression));
    return is_function(function) && name_of(function) == "operator->" &&
           zones_.of(function) == Zone::system;
}

void Walk::member(CXCursor cursor) {
    const CXCursor declaration = referenced(cursor);
    if (!is_null(declaration)) {
        if (clang_getCursorKind(declaration) == CXCursor_Destructor)
            report_.add(Rule::destructor_call, cursor);
        if (is_function(declaration) && gives_iterator_or_pointer(name_of(declaration)))
            report_.add(Rule::begin_data, cursor);
        if (is_unchecked_member(name_of(declaration)) && zones_.of(declaration) == Zone::system)
            report_.add(Rule::std_name, cursor);
        use(cursor, declaration);
    }
    type(cursor, clang_getCursorType(cursor));
    for (const CXCursor child : children(cursor)) {
        if (is_this(child))
            continue;
        if (is_arrow_of_std(child)) // a checked pointer that nobody gets to see
            visit(children(without_conversions(child)).front()); // x
        else
            visit(child);
    }
}

void Walk::lambda(CXCursor cursor) {
    for (const CXCursor child : children(cursor)) {
        const CXCursor captured = referenced(child);
        if (clang_getCursorKind(child) == CXCursor_VariableRef) {
            type(child, clang_getCursorType(captured));
            // [name = value] declares a variable here; it shows its value only through itself.
            const CXSourceRange here = clang_getCursorExtent(cursor);
            const unsigned at = place_of(captured).offset;
            if (at >= place_of(clang_getRangeStart(here)).offset &&
                at < place_of(clang_getRangeEnd(here)).offset)
                visit_children(captured);
        } else if (clang_getCursorKind(child) != CXCursor_CXXThisExpr) { // [this]
            visit(child);
        }
    }
    const CXCursor closure = clang_getTypeDeclaration(clang_getCursorType(cursor));
    for (const CXCursor member : children(closure))
        if (name_of(member) == "operator()") {
            if (clang_getCursorKind(member) == CXCursor_FunctionTemplate)
                generic_call(member);
            const CXType result = clang_getResultType(clang_getCursorType(member));
            type(cursor, result);
            returns(cursor, result);
            stores(cursor);
        }
}

// TRY and MUST are known; what is visited is their argument.
void Walk::statement_expression(CXCursor cursor) {
    if (!is_macro_of_lib(cursor)) {
        report_.add(Rule::statement_expression, cursor);
        visit_children(cursor);
        return;
    }
    for (const CXCursor body : children(cursor))
        for (const CXCursor statement : children(body))
            if (clang_getCursorKind(statement) == CXCursor_DeclStmt)
                for (const CXCursor variable : children(statement))
                    visit_children(variable);
}

} // namespace safe
