// Refused: hidden-statement@12,15: libclang does not show the first statement of these.
// SPDX-License-Identifier: MIT
#include <cstdint>
#include <span>

namespace vm {

inline int five() { return 5; }

inline int sum(std::span<const int> numbers, std::uint64_t raw) {
    int total = 0;
    for (auto at = (int*)raw; const int number : numbers)
        total += number;
    // And here.
    switch (auto at = *(int*)raw; total) {
    case 0:
        return five();
    }
    return total;
}

} // namespace vm
