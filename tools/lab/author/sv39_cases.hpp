// The parts of lab 1's cases.
// SPDX-License-Identifier: MIT
#pragma once

#include "cases.hpp"
#include "sv39_query.hpp"

#include <string>
#include <utility>
#include <vector>

namespace lab::sv39 {

// Cases as they are made.
class Cases {
public:
    Cases(std::uint64_t seed, Shown what) : numbers(seed), shown(what) {}

    // How often a part is asked that is shown so many times.
    unsigned times(unsigned visible) const { return shown == Shown::visible ? visible : 4; }
    void add(Case made);
    // DEBUG: the GDB command that stops where it matters.
    void add(const std::string& task, const std::string& part, Query& query,
             const std::string& words, const std::string& hint, const std::string& debug);
    std::vector<Case> take() { return std::move(made_); }

    Numbers numbers;
    Shown shown;

private:
    std::vector<Case> made_;
};

inline std::uint64_t reply(sv39_lab::Reply said) { return static_cast<std::uint64_t>(said); }
// A data frame of the pool; N tells several apart.
inline std::uint64_t data(Cases& cases, std::uint64_t n = 0) {
    return sv39_lab::FIRST_DATA + n * 4 + cases.numbers.below(4);
}

// sv39_table_cases.cpp
void walk_cases(Cases& cases);
void map_cases(Cases& cases);
// sv39_change_cases.cpp
void unmap_cases(Cases& cases);
void protect_cases(Cases& cases);
// sv39_fence_cases.cpp
void fence_cases(Cases& cases);

} // namespace lab::sv39
