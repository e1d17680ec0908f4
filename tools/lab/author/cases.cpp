// Which lab's cases are made where.
// SPDX-License-Identifier: MIT
#include "cases.hpp"

#include "replacement_cases.hpp"

namespace lab {

std::vector<Case> cases_of(const Description& lab, std::uint64_t seed, Shown shown) {
    switch (lab.number) {
    case 1:
        return sv39_cases(seed, shown);
    case 2:
        return fault_cases(seed, shown);
    case 3:
        return replacement_cases(seed, shown);
    default:
        return {};
    }
}

} // namespace lab
