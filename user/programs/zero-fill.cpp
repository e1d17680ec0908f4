// Scenario zero-fill: the first touch of an anonymous page.
// SPDX-License-Identifier: MIT
//
// Two pages of heap. The first is touched beforehand, so that the page-table pages and the road are
// there; the second one is touched by the instruction at scenario_fault (touch.S), and that fault
// is what `compare` shows.
#include "scenario.hpp"

int main() {
    const std::int64_t heap = os::sbrk(2 * PAGE_SIZE);
    if (heap < 0) {
        os::write("zero-fill: no heap\n");
        return 1;
    }
    const auto first = static_cast<std::uint64_t>(heap);
    const std::uint64_t second = first + PAGE_SIZE;
    constexpr std::uint64_t VALUE = 0x5eed;
    if (peek(first) != 0) {
        os::write("zero-fill: the first page is not zero\n");
        return 2;
    }
    touch(second, VALUE);
    const bool filled = peek(second) == VALUE && peek(second + PAGE_SIZE - sizeof(VALUE)) == 0;
    if (!filled) {
        os::write("zero-fill: the second page holds something else\n");
        return 3;
    }
    os::write("zero-fill: the page was zero and took the value\n");
    return 0;
}
