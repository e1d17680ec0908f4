// Refused: generic-call@14,19,26,33: code whose types others choose.
// SPDX-License-Identifier: MIT
#include "lib/codec.hpp"

#include <variant>

namespace vm {

enum class Kind : std::uint8_t { anonymous };
using Value = std::variant<int, Kind>;

// A codec for whatever the variant holds.
inline bool parse(const Value& value, Bytes bytes) {
    return std::visit([bytes](auto held) { return load<decltype(held)>(bytes, 0).has_value(); },
                      value);
}

inline int number(const Value& value) {
    const auto convert = [](const auto& held) { return static_cast<int>(held); };
    return std::visit(convert, value);
}

struct Visitor {
    int calls = 0;
    template <class T>
    int operator()(const T& held) {
        return ++calls + static_cast<int>(held);
    }
};
inline int visited(const Value& value) { return std::visit(Visitor{}, value); }

inline int later(const Value& value) {
    return std::visit([]<class T>(T held) { return static_cast<int>(held); }, value);
}

} // namespace vm
