// Refused: pointer@11,12,23 begin-data@11,12,17 std-name@23: iterators by way of functions.
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <span>

namespace vm {

inline int first(std::span<const int> numbers) {
    // Found by its full name, and by its range's namespace.
    const auto at = std::begin(numbers);
    return *at + *std::ranges::data(numbers);
}

template <class T>
auto last(T& range) {
    return *std::rbegin(range);
}

inline int largest(std::span<const int> numbers) {
    // An iterator, and of an empty range one that must not be followed.
    int most = 0;
    most = *std::ranges::max_element(numbers);
    return most;
}

} // namespace vm
