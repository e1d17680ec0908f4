// Refused: pointer@12,13,15,28 begin-data@12,15,20,25,28: iterators and pointers from containers.
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace vm {

inline std::size_t count(std::span<int> numbers) {
    // The classical loop.
    for (auto at = numbers.begin(); at != numbers.end(); ++at)
        *at = 0;
    const std::array<int, 2> two{1, 2};
    return std::span<const int>(two.data(), 3).size();
}

template <class Range>
auto first_of(Range& range) {
    return *range.begin();
}

template <class Range>
auto after_last_of(Range& range) {
    return *(range.end)();
}

inline std::string_view tail(std::string_view text) { return std::string_view((text.data)(), 100); }

} // namespace vm
