// Refused: dangling@20,26,30,37,42,47,53,59,65,75: views of locals that outlive them.
// SPDX-License-Identifier: MIT
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>

namespace vm {

using View = std::span<int>;
constinit View outside;
constinit std::array<View, 4> table{};
constinit std::optional<View> perhaps;

class Holder {
public:
    void keep() {
        std::array<int, 4> numbers{};
        view_ = numbers;
    }
    // By way of a local view.
    void keep_view() {
        std::array<int, 4> numbers{};
        const View view(numbers);
        this->view_ = view.first(2);
    }
    Holder() = default;
    // A parameter by value is a local, too.
    explicit Holder(std::array<int, 4> numbers) : view_(numbers) {}

private:
    View view_{};
};
inline void global() {
    std::array<int, 4> numbers{};
    outside = numbers;
}

inline void element(std::size_t index) {
    std::array<int, 4> numbers{};
    table[index] = View(numbers);
}

inline void parameter(View& out) {
    std::array<int, 4> numbers{};
    out = numbers;
}

inline void emplaced() {
    std::array<int, 4> numbers{};
    // Into an object outside.
    perhaps.emplace(numbers);
}

inline void swapped() {
    std::array<int, 4> numbers{};
    View view(numbers);
    std::swap(view, outside);
}

inline View exchanged() {
    std::array<int, 4> numbers{};
    // The old one is fine, the new one is not.
    return std::exchange(outside, View(numbers));
}

struct Outer {
    View view{};
};
inline void alias(Outer& outer) {
    std::array<int, 4> numbers{};
    View& there = outer.view;
    // Through another name.
    there = numbers;
}

} // namespace vm
