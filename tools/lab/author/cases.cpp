// Which lab's cases are made where.
// SPDX-License-Identifier: MIT
#include "cases.hpp"

#include "replacement_cases.hpp"

#include <algorithm>
#include <iterator>
#include <string>
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

Case rig_case(const std::vector<Case>& before, Shown shown, Case made) {
    const auto same = 1 + std::ranges::count_if(before, [&](const Case& other) {
                          return other.task == made.task && other.part == made.part;
                      });
    const bool is_hidden = shown == Shown::hidden;
    made.name = made.part + (is_hidden ? ", hidden " : ", ") + std::to_string(same);
    made.debug = "./faultline lab debug \"" + made.part + ", " +
                 (is_hidden ? "1" : std::to_string(same)) + "\"\n(gdb) " + made.debug +
                 "\n(gdb) continue";
    return made;
}

} // namespace lab
