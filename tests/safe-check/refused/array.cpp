// Refused: array@7,10,14,15,18 pointer@15,18 address-of@18: C arrays, whose indexes nobody checks.
// SPDX-License-Identifier: MIT
#include <span>

namespace vm {

constexpr int table[3] = {1, 2, 3};

struct Frames {
    unsigned char bytes[16];
};

inline int sum(std::size_t index) {
    int local[2] = {1, 2};
    return table[index] + local[index];
}

inline int third(const int (&numbers)[4]) { return numbers[7]; }

} // namespace vm
