// Refused: dangling@15,20: lambdas return views of their locals as functions do.
// SPDX-License-Identifier: MIT
#include <array>
#include <span>

namespace vm {

struct View {
    std::span<const int> numbers;
};

inline std::size_t sizes() {
    const auto first = [](int size) -> std::span<const int> {
        const std::array<int, 2> numbers{size, 1};
        return numbers;
    };
    // Through a struct that holds a view.
    const auto second = [](std::array<int, 3> numbers) {
        View view{numbers};
        return view;
    };
    return first(1).size() + second({1, 2, 3}).numbers.size();
}

} // namespace vm
