// Accepted: references into what an optional holds, where nobody replaces it, and copies.
// SPDX-License-Identifier: MIT
#include "lib/result.hpp"

#include <array>
#include <optional>

namespace vm {

using Numbers = std::array<int, 4>;

inline int looked_at(std::optional<Numbers>& slot) {
    Numbers& numbers = *slot;
    numbers[0] = 7;
    const auto& same = slot.value();
    return same[0] + numbers[1];
}

inline int copied(std::optional<Numbers>& slot, std::optional<Numbers>& other) {
    const Numbers numbers = *slot;
    slot.reset();
    Numbers& others = *other;
    others = numbers;
    slot = others;
    return numbers[0];
}

// A number that says which.
inline int chosen(std::array<Numbers, 4>& table, std::optional<std::size_t>& index) {
    Numbers& numbers = table[*index];
    index.reset();
    return numbers[0];
}

} // namespace vm
