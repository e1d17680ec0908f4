// Which lab's cases are made where.
// SPDX-License-Identifier: MIT
#include "cases.hpp"

#include "replacement_cases.hpp"

#include <iterator>
#include <utility>

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

std::vector<Case> all_cases(const Description& lab, std::uint64_t seed) {
    auto cases = cases_of(lab, seed, Shown::visible);
    auto hidden = cases_of(lab, seed, Shown::hidden);
    std::move(hidden.begin(), hidden.end(), std::back_inserter(cases));
    return cases;
}

} // namespace lab
