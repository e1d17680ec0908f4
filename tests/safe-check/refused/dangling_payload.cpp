// Refused: dangling@16,24,32,39: what an optional, an expected or a variant held before.
// SPDX-License-Identifier: MIT
#include "lib/result.hpp"

#include <array>
#include <optional>
#include <span>
#include <variant>

namespace vm {

struct Slots {
    std::optional<std::array<int, 4>> slot{};
    int replaced() {
        // The array is gone, whatever there is in its place.
        const std::array<int, 4>& numbers = *slot;
        slot.reset();
        return numbers[0];
    }
};

using Value = std::variant<std::span<int>, std::uint64_t>;
inline int changed(Value value, std::uint64_t number) {
    const std::span<int>& view = std::get<std::span<int>>(value);
    // A number, which now is read as a view.
    value = number;
    return view[0];
}

inline int viewed(Slots& slots) {
    // By a view, and by a member of the value.
    const std::span<int> numbers = slots.slot.value();
    slots.slot.emplace();
    return numbers[1];
}

inline int failed() {
    std::expected<std::array<int, 2>, Error> result{};
    const int& number = (*result)[1];
    result = std::unexpected(Error::busy);
    return number;
}

} // namespace vm
