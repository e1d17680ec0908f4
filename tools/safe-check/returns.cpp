// Returned references and views: do they show an object that ends with the function?
// SPDX-License-Identifier: MIT
//
// By types and by what an expression mentions, not by what its functions do: a returned view of X
// may show any local object with an X in it that the expression mentions, itself or through a local
// view. So it errs on the side of refusing.
#include "temporaries.hpp"
#include "types.hpp"
#include "walk.hpp"

#include <algorithm>
#include <functional>
#include <map>

namespace safe {

namespace {

using Cursors = std::vector<CXCursor>;

class Body {
public:
    Body(CXCursor function, std::vector<CXType> viewed,
         const std::function<bool(CXCursor)>& is_macro_of_lib)
        : viewed_(std::move(viewed)), is_macro_of_lib_(is_macro_of_lib) {
        for (const CXCursor child : children(function))
            collect(child);
    }

    const Cursors& results() const { return results_; }

    // What is set, and what it is set to.
    struct Store {
        CXCursor target;
        Cursors sources;
    };
    const std::vector<Store>& stores() const { return stores_; }

    void look_for(std::vector<CXType> viewed) { viewed_ = std::move(viewed); }

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
        return std::ranges::any_of(shown_parts(expression),
                                   [&](CXCursor part) { return shows_local(part, expression); });
    }

    // Members and elements of a local object end with the function. A local reference leads out of
    // it, and so may what is reached through a local view.
    static bool outlives(CXCursor target) {
        bool through_view = false;
        for (;;) {
            target = without_conversions(target);
            const CXCursorKind kind = clang_getCursorKind(target);
            const Cursors below = children(target);
            const bool member = kind == CXCursor_MemberRefExpr;
            if ((!member && kind != CXCursor_CallExpr && kind != CXCursor_UnaryOperator) ||
                below.empty())
                break;
            const CXType whole = clang_getCursorType(without_conversions(below.front()));
            through_view =
                through_view ||
                (member ? is_reference(clang_getCursorType(referenced(target))) : !is_array(whole));
            target = below.front();
        }
        const CXCursor variable = referenced(target);
        const CXType type = clang_getCursorType(variable);
        return !is_local(variable) || is_reference(type) ||
               (through_view && !viewed_types(type).empty());
    }

private:
    static bool is_array(CXType type) {
        return qualified_name(clang_getTypeDeclaration(canonical(type))) == "std::array";
    }

    // An element is no part of the number that chose it (in a template; else [] is a call).
    Cursors shown_parts(CXCursor expression) const {
        Cursors all = parts(expression);
        if (clang_getCursorKind(expression) == CXCursor_ArraySubscriptExpr && all.size() == 2 &&
            is_integer(clang_getCursorType(all.back())))
            all.pop_back();
        return all;
    }

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
            add_store(below.front(), {below.begin() + 1, below.end()});
        }
        if (kind == CXCursor_CallExpr)
            add_call(cursor, below);
        for (const CXCursor child : below)
            collect(child);
    }

    void add_store(CXCursor target, Cursors sources) {
        stores_.push_back({target, std::move(sources)});
    }

    // The library's ways to set an object: x.emplace(value), x.swap(y), std::swap, std::exchange.
    void add_call(CXCursor call, const Cursors& below) {
        const std::string name = name_of(call);
        if (below.empty() || (name != "emplace" && name != "swap" && name != "exchange"))
            return;
        const CXCursor callee = without_conversions(below.front());
        Cursors objects(below.begin() + 1, below.end());
        if (clang_getCursorKind(callee) == CXCursor_MemberRefExpr && !children(callee).empty())
            objects.insert(objects.begin(), children(callee).front());
        for (std::size_t i = 0; i < objects.size() && (i == 0 || name == "swap"); ++i) {
            Cursors others = objects;
            others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
            add_store(objects[i], others);
        }
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
    std::vector<Store> stores_;
    std::map<std::string, Cursors> sources_; // what a variable was set to later
    std::set<std::string> visited_;
};

} // namespace

// Views of local objects that are put where they stay when the function has returned, and of
// temporaries that are put anywhere.
void Walk::stores(CXCursor function) {
    const std::function<bool(CXCursor)> is_macro = [this](CXCursor cursor) {
        return is_macro_of_lib(cursor);
    };
    const Body all(function, {}, is_macro);
    for (const Body::Store& store : all.stores()) {
        const std::vector<CXType> viewed = viewed_types(clang_getCursorType(store.target));
        if (viewed.empty())
            continue;
        for (const CXCursor source : store.sources) {
            Body body = all;
            body.look_for(viewed);
            const bool ends = Body::outlives(store.target) ? body.shows_local(source, function)
                                                           : mentions_temporary(source, viewed);
            if (ends)
                report_.add(Rule::dangling, store.target);
        }
    }
    // view_(local) of a constructor.
    CXType member{};
    for (const CXCursor child : children(function)) {
        if (clang_getCursorKind(child) == CXCursor_MemberRef) {
            member = clang_getCursorType(referenced(child));
        } else if (clang_isExpression(clang_getCursorKind(child)) != 0 &&
                   member.kind != CXType_Invalid) {
            Body body = all;
            body.look_for(viewed_types(member));
            if (body.shows_local(child, function))
                report_.add(Rule::dangling, child);
        }
    }
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
