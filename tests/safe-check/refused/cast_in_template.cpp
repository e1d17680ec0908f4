// Refused: cast@12,17,22,27: in a template the type is whatever the caller says.
// SPDX-License-Identifier: MIT
#include <cstdint>

namespace vm {

enum class Kind : std::uint8_t { anonymous };

template <class To, class From>
To convert(const From& from) {
    // Even if nobody calls it.
    return static_cast<To>(from);
}

template <class To>
To construct(std::uint64_t raw) {
    return To(raw);
}

template <class To>
To with_braces(std::uint8_t raw) {
    return To{raw};
}

inline auto by_declared_type(std::uint8_t raw) {
    Kind kind = with_braces<Kind>(raw);
    kind = decltype(kind)(raw);
    return kind;
}

} // namespace vm
