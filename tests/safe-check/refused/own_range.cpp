// Refused: begin-data@27,36,43,51: loops over classes of one's own, which have begin and end.
// SPDX-License-Identifier: MIT
#include <array>
#include <optional>

namespace vm {

// An iterator without a pointer: as safe as what it does, but called out of sight.
struct Position {
    std::size_t at = 0;
    Position& operator++() {
        ++at;
        return *this;
    }
    bool operator!=(const Position& other) const { return at != other.at; }
    std::size_t operator*() const { return at; }
};
struct Counting {
    std::size_t limit = 0;
    Position begin() const { return {}; }
    Position end() const { return {limit}; }
};
inline Counting up_to(std::size_t limit) { return {limit}; }

inline std::size_t sum(const Counting& counting) {
    std::size_t total = 0;
    for (const std::size_t number : counting)
        total += number;
    return total;
}

// In a template by the type that it gets.
template <class Range>
std::size_t sum_of(const Range& range) {
    std::size_t total = 0;
    for (const auto number : range)
        total += number;
    return total;
}
inline std::size_t both() {
    const std::array<std::size_t, 2> numbers{1, 2};
    std::size_t total = sum_of(numbers) + sum_of(up_to(3));
    for (const std::size_t number : up_to(4))
        total += number;
    return total;
}

inline std::size_t auto_bound() {
    std::size_t total = 0;
    auto&& range = up_to(3);
    for (auto&& number : range)
        total += number;
    return total;
}

} // namespace vm
