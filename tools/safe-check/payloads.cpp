// References into std::optional, std::expected and std::variant that get another value meanwhile.
// SPDX-License-Identifier: MIT
//
// By names: a local reference or view of what X holds, in a function that somewhere sets X. Which
// comes first is not asked.
#include "types.hpp"
#include "walk.hpp"

#include <algorithm>
#include <set>

namespace safe {

namespace {

using Cursors = std::vector<CXCursor>;

// The variable or member that an object is: x of x, y.x, x[i].
CXCursor named_object(CXCursor object) {
    object = without_conversions(object);
    while (clang_getCursorKind(object) == CXCursor_CallExpr && !children(object).empty())
        object = without_conversions(children(object).front());
    return referenced(object);
}

// x of x.function(...), *x, x->y, x = y.
CXCursor object_of_call(CXCursor call) {
    const Cursors below = children(call);
    if (below.empty())
        return clang_getNullCursor();
    const CXCursor callee = without_conversions(below.front());
    const Cursors object = children(callee);
    if (clang_getCursorKind(callee) == CXCursor_MemberRefExpr && is_function(referenced(callee)))
        return object.empty() ? clang_getNullCursor() : named_object(object.front());
    return named_object(callee);
}

bool is_holder(const std::string& name) {
    return name == "std::optional" || name == "std::expected" || name == "std::variant";
}

// *x, x->, x.value(), x.error(), std::get<T>(x).
CXCursor opened_by(CXCursor call) {
    const CXCursor function = referenced(call);
    if (clang_getCursorKind(call) != CXCursor_CallExpr || is_null(function))
        return clang_getNullCursor();
    static const std::set<std::string> openers{"operator*", "operator->", "value", "error"};
    const std::string owner = qualified_name(clang_getCursorSemanticParent(function));
    if (openers.contains(name_of(function)) && is_holder(owner))
        return object_of_call(call);
    if (qualified_name(function) == "std::get" && clang_Cursor_getNumArguments(call) == 1)
        return named_object(clang_Cursor_getArgument(call, 0));
    return clang_getNullCursor();
}

class Payloads {
public:
    explicit Payloads(CXCursor function) {
        any_below(function, [this](CXCursor cursor) {
            note(cursor);
            return false;
        });
    }

    // Declarations that show what another statement replaces.
    Cursors dangling() const {
        Cursors all;
        for (const View& view : views_)
            if (std::ranges::any_of(
                    set_, [&](CXCursor set) { return clang_equalCursors(set, view.object) != 0; }))
                all.push_back(view.declaration);
        return all;
    }

private:
    struct View {
        CXCursor declaration;
        CXCursor object;
    };

    void note(CXCursor cursor) {
        static const std::set<std::string> setters{"operator=", "emplace", "reset", "swap",
                                                   "exchange"};
        if (clang_getCursorKind(cursor) == CXCursor_VarDecl)
            note_view(cursor);
        if (clang_getCursorKind(cursor) != CXCursor_CallExpr || !setters.contains(name_of(cursor)))
            return;
        add_set(object_of_call(cursor));
        for (int i = 0; i < clang_Cursor_getNumArguments(cursor); ++i)
            if (name_of(cursor) != "operator=" && name_of(cursor) != "emplace")
                add_set(named_object(clang_Cursor_getArgument(cursor, static_cast<unsigned>(i))));
    }

    // What is set through *x is in x still.
    void add_set(CXCursor object) {
        if (!is_null(object) && !is_function(object))
            set_.push_back(object);
    }

    void note_view(CXCursor variable) {
        const std::vector<CXType> viewed = viewed_types(clang_getCursorType(variable));
        if (viewed.empty())
            return;
        for (const CXCursor child : children(variable))
            any_below(child, [&](CXCursor part) {
                const CXCursor object = opened_by(part);
                if (!is_null(object) && !is_function(object) && owns_any(type_of(object), viewed))
                    views_.push_back({variable, object});
                return false;
            });
    }

    static CXType type_of(CXCursor object) {
        const CXType type = canonical(clang_getCursorType(object));
        return is_reference(type) ? clang_getPointeeType(type) : type;
    }

    std::vector<View> views_;
    Cursors set_;
};

} // namespace

void Walk::payloads(CXCursor function) {
    for (const CXCursor declaration : Payloads(function).dangling())
        report_.add(Rule::dangling, declaration);
}

} // namespace safe
