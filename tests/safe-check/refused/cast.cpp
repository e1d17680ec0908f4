// Refused: cast@17,18,19,20,21,24,28,30,33,34,37 pointer@17,18: casts that change the type.
// SPDX-License-Identifier: MIT
#include <cstdint>
#include <utility>

namespace vm {

enum class Kind : std::uint8_t { anonymous, file };

struct Base {
    int common = 0;
};
struct Derived : Base {
    int own = 0;
};
inline int words(std::uint64_t raw, const Base& base, Kind kind) {
    const auto first = *reinterpret_cast<const int*>(raw);
    const auto second = *(const int*)raw;
    const auto down = static_cast<const Derived&>(base).own;
    auto& changed = const_cast<Base&>(base);
    changed.common = int(raw) + (int)raw;
    // An enumeration without such a value, three ways, and from another enumeration.
    enum class Other { only };
    const auto unnamed = static_cast<Kind>(7);
    const std::uint8_t number = 7;
    const bool same = unnamed == kind;
    // With braces.
    const Kind braces{Kind(number)};
    const bool is_file = braces == Kind::file;
    const Kind listed{9};
    const bool is_listed = listed == Kind::file;
    // As an argument.
    const auto pair = std::pair<Kind, int>(Kind{3}, 1);
    const auto other = static_cast<Kind>(Other::only);
    const bool all = same || is_file || is_listed || pair.second == 1 || other == kind;
    // To floating point and back: what does not fit is undefined.
    const auto whole = static_cast<int>(1e30);
    return first + second + down + whole + static_cast<int>(all);
}

} // namespace vm
