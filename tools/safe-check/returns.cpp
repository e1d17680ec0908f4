// Returned references and views: do they show an object that ends with the function?
// SPDX-License-Identifier: MIT
//
// By types and by what an expression mentions, not by what its functions do: a returned view of X
// may show any local object with an X in it that the expression mentions, itself or through a local
// view. So it errs on the side of refusing.
#include "types.hpp"
#include "walk.hpp"

#include <algorithm>
#include <functional>
#include <map>

namespace safe {

namespace {

using Cursors = std::vector<CXCursor>;

// An object without a name: made by a constructor, or returned by value.
bool is_temporary(CXCursor expression) {
    const CXCursorKind kind = clang_getCursorKind(expression);
    const CXType type = clang_getCursorType(expression);
    if (kind == CXCursor_InitListExpr && type.kind == CXType_ConstantArray)
        return true;
    if (!is_record(type))
        return false;
    if (kind == CXCursor_CXXFunctionalCastExpr || kind == CXCursor_InitListExpr ||
        kind == CXCursor_StmtExpr)
        return true;
    if (kind != CXCursor_CallExpr)
        return false;
    const CXCursor function = referenced(expression);
    return is_function(function) &&
           !is_reference(clang_getResultType(clang_getCursorType(function)));
}

// A value that holds no view: nothing of what made it shows through it.
bool is_plain_value(CXCursor expression) {
    const CXCursorKind kind = clang_getCursorKind(expression);
    const CXType type = clang_getCursorType(expression);
    if (kind == CXCursor_CallExpr) {
        const CXCursor function = referenced(expression);
        if (!is_function(function) || clang_getCursorKind(function) == CXCursor_Constructor ||
            is_reference(clang_getResultType(clang_getCursorType(function))))
            return false;
    } else if (kind != CXCursor_StmtExpr) {
        return false;
    }
    return (is_integer(type) || is_enumeration(type) || is_record(type)) &&
           viewed_types(type).empty();
}

bool mentions_temporary(CXCursor expression, const std::vector<CXType>& viewed) {
    if (is_temporary(expression) && owns_any(clang_getCursorType(expression), viewed))
        return true;
    if (is_plain_value(expression))
        return false;
    return std::ranges::any_of(children(expression),
                               [&](CXCursor child) { return mentions_temporary(child, viewed); });
}

class Body {
public:
    Body(CXCursor function, std::vector<CXType> viewed,
         const std::function<bool(CXCursor)>& is_macro_of_lib)
        : viewed_(std::move(viewed)), is_macro_of_lib_(is_macro_of_lib) {
        for (const CXCursor child : children(function))
            collect(child);
    }

    const Cursors& results() const { return results_; }

    // EXPRESSION, below PARENT, mentions a local object that it may show.
    bool shows_local(CXCursor expression, CXCursor parent) {
        const CXCursorKind kind = clang_getCursorKind(expression);
        if (kind == CXCursor_DeclRefExpr || kind == CXCursor_VariableRef) {
            if (shows_variable(referenced(expression), expression, parent))
                return true;
        } else if (is_temporary(expression) && owns_any(clang_getCursorType(expression), viewed_)) {
            return true;
        }
        if (is_plain_value(expression))
            return false;
        return std::ranges::any_of(parts(expression),
                                   [&](CXCursor part) { return shows_local(part, expression); });
    }

private:
    // Of TRY and MUST the argument alone.
    Cursors parts(CXCursor cursor) const {
        if (clang_getCursorKind(cursor) != CXCursor_StmtExpr || !is_macro_of_lib_(cursor))
            return children(cursor);
        for (const CXCursor body : children(cursor))
            for (const CXCursor statement : children(body))
                if (clang_getCursorKind(statement) == CXCursor_DeclStmt)
                    return children(statement);
        return {};
    }

    void collect(CXCursor cursor) {
        const CXCursorKind kind = clang_getCursorKind(cursor);
        if (kind == CXCursor_LambdaExpr || kind == CXCursor_StructDecl ||
            kind == CXCursor_ClassDecl)
            return; // returns of their own
        const Cursors below = parts(cursor);
        if (kind == CXCursor_ReturnStmt)
            results_.insert(results_.end(), below.begin(), below.end());
        if (kind == CXCursor_CXXForRangeStmt && below.size() > 1)
            sources_[key(below[0])].push_back(below[1]);
        const bool assigns = (kind == CXCursor_CallExpr && name_of(cursor) == "operator=") ||
                             kind == CXCursor_BinaryOperator ||
                             kind == CXCursor_CompoundAssignOperator;
        if (assigns && below.size() > 1) {
            const CXCursor variable = variable_of(below.front());
            Cursors& sources = sources_[key(variable)];
            sources.insert(sources.end(), below.begin() + 1, below.end());
        }
        for (const CXCursor child : below)
            collect(child);
    }

    // v of v.member.inner.
    static CXCursor variable_of(CXCursor object) {
        object = without_conversions(object);
        while (clang_getCursorKind(object) == CXCursor_MemberRefExpr) {
            const Cursors below = children(object);
            if (below.empty())
                break;
            object = without_conversions(below.front());
        }
        return referenced(object);
    }

    static std::string key(CXCursor cursor) {
        const Place place = place_of(cursor);
        return std::to_string(place.offset) + name_of(cursor);
    }

    static bool is_local(CXCursor variable) {
        const CXCursorKind kind = clang_getCursorKind(variable);
        const CXCursorKind parent = clang_getCursorKind(clang_getCursorSemanticParent(variable));
        const bool in_function = parent != CXCursor_Namespace &&
                                 parent != CXCursor_TranslationUnit && !is_member(variable);
        return kind == CXCursor_ParmDecl ||
               (kind == CXCursor_VarDecl && in_function &&
                clang_Cursor_getStorageClass(variable) != CX_SC_Static);
    }

    // A number that is read is a copy; clang shows the reading as a conversion to the plain type.
    static bool is_read(CXCursor use, CXCursor parent) {
        const CXType type = clang_getCursorType(parent);
        const bool number =
            is_integer(clang_getCursorType(use)) || is_enumeration(clang_getCursorType(use));
        return number && clang_getCursorKind(parent) == CXCursor_UnexposedExpr &&
               clang_isConstQualifiedType(type) == 0;
    }

    bool shows_variable(CXCursor variable, CXCursor use, CXCursor parent) {
        if (!is_local(variable))
            return false;
        const CXType type = clang_getCursorType(variable);
        if (!is_reference(type) && !is_read(use, parent) && owns_any(type, viewed_))
            return true;
        if (viewed_types(type).empty() || !visited_.insert(key(variable)).second)
            return false;
        Cursors sources = sources_[key(variable)];
        if (clang_getCursorKind(variable) == CXCursor_VarDecl)
            for (const CXCursor child : children(variable))
                sources.push_back(child);
        return std::ranges::any_of(sources,
                                   [&](CXCursor source) { return shows_local(source, variable); });
    }

    std::vector<CXType> viewed_;
    const std::function<bool(CXCursor)>& is_macro_of_lib_;
    Cursors results_;
    std::map<std::string, Cursors> sources_; // what a variable was set to later
    std::set<std::string> visited_;
};

} // namespace

// VIEW is what SOURCE gives, and it outlives the statement: a local view, or the range of a loop. A
// reference that is bound to a temporary itself keeps it; whatever is deeper in SOURCE ends.
void Walk::view_of_temporary(CXCursor cursor, CXCursor source, CXType view) {
    const CXCursor whole = without_conversions(source);
    const std::vector<CXType> viewed = viewed_types(view);
    const bool keeps = is_reference(view) && is_temporary(whole);
    if (!viewed.empty() && !keeps && mentions_temporary(whole, viewed))
        report_.add(Rule::dangling, cursor);
}

void Walk::returns(CXCursor function, CXType result) {
    const std::vector<CXType> viewed = viewed_types(result);
    if (viewed.empty())
        return;
    const std::function<bool(CXCursor)> is_macro = [this](CXCursor cursor) {
        return is_macro_of_lib(cursor);
    };
    const Body all(function, viewed, is_macro);
    for (const CXCursor expression : all.results()) {
        Body body = all; // each result follows the variables anew
        if (body.shows_local(expression, function))
            report_.add(Rule::dangling, expression);
    }
}

} // namespace safe
