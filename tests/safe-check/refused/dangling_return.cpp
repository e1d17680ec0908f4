// Refused: dangling@15,20,24,28,35,40,45,50,57,68: views of what ends with the function.
// SPDX-License-Identifier: MIT
#include "lib/codec.hpp"

#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace vm {

inline std::span<const int> local() {
    const std::array<int, 3> numbers{1, 2, 3};
    return std::span(numbers).first(2);
}

inline std::string_view name() {
    const std::array<char, 3> letters{'a', 'b', 'c'};
    return std::string_view(letters).substr(1);
}

// A parameter by value is a local too.
inline Bytes head(std::array<std::byte, 16> bytes) { return std::span(bytes).first(4); }

inline const int& least(int number) {
    const int& same = number;
    return same;
}
// Through views that are set later.
inline Result<Bytes> later(Bytes other) {
    std::array<std::byte, 4> bytes{};
    Bytes view = other;
    view = bytes;
    return view;
}

inline std::optional<std::span<int>> wrapped() {
    std::array<int, 2> numbers{};
    return std::optional(std::span<int>(numbers));
}

inline std::span<const int> of_temporary() {
    // The array ends with the statement.
    return std::array<int, 2>{1, 2};
}

inline auto closure() {
    int count = 3;
    return [&count] { return count; };
}

inline const int& element(std::size_t index) {
    std::array<int, 4> numbers{};
    for (const int& number : numbers)
        if (index-- == 0)
            return number;
    return element(index);
}

struct View {
    std::span<const int> numbers;
};
inline View through_member() {
    const std::array<int, 2> numbers{1, 2};
    View view{{}};
    view.numbers = numbers;
    return view;
}

} // namespace vm
