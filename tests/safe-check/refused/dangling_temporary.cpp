// Refused: dangling@19,25,31: views of an object that ends with the statement.
// SPDX-License-Identifier: MIT
#include <array>
#include <span>

namespace vm {

struct Table {
    std::array<int, 4> numbers{};
    std::span<const int> all() const { return numbers; }
    const std::array<int, 4>& whole() const { return numbers; }
};

inline Table make() { return {}; }

inline int sum() {
    int total = 0;
    // The table is gone before the first turn.
    for (const int number : make().all())
        total += number;
    return total;
}

inline int second() {
    const std::span<const int> numbers = make().all();
    return numbers[1];
}

inline int third() {
    // Bound to what a function returns, not to the object itself.
    const auto& numbers = make().whole();
    return numbers[2];
}

} // namespace vm
