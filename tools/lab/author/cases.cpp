// Which lab's cases are made where.
// SPDX-License-Identifier: MIT
#include "cases.hpp"

namespace lab {

std::vector<Case> cases_of(const Description& lab, std::uint64_t seed, Shown shown) {
    if (lab.number == 1)
        return sv39_cases(seed, shown);
    return lab.number == 2 ? fault_cases(seed, shown) : std::vector<Case>();
}

} // namespace lab
