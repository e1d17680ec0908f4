// Lab 3's traces for one seed, and what each policy makes of them.
// SPDX-License-Identifier: MIT
//
// Before: replacement.hpp simulates. Next: replacement_cases.cpp makes queries of them.
#pragma once

#include "abi/lab_replacement.hpp"

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace lab::replacement {

using Pages = std::vector<std::uint64_t>;

// The same numbers from the same seed, whatever the library.
class Numbers {
public:
    explicit Numbers(std::uint64_t seed) : engine_(seed) {}
    std::uint64_t below(std::uint64_t bound) { return engine_() % bound; }
    std::uint64_t from_to(std::uint64_t least, std::uint64_t most) {
        return least + below(most - least + 1);
    }
    std::uint64_t word() { return engine_(); }

private:
    std::mt19937_64 engine_;
};

struct Trace {
    std::string name;
    std::uint64_t pool;
    Pages pages;
};

// At most so many references fit into a query.
inline constexpr std::uint64_t LONGEST = 480;

// Pages in a circle that is a little larger than the pool.
Trace loop(Numbers& numbers);
// A window that drifts over the pages, and jumps now and then.
Trace drift(Numbers& numbers);
// Every page is used twice: when it is new, and once more when some others have come.
Trace twice(Numbers& numbers);
// What a program does that counts, copies and calls: anything, with some pages used most.
Trace mixed(Numbers& numbers, std::uint64_t pool, std::uint64_t references);

// The walk that rewards whoever tells pages used once from pages used again, and its pool.
struct Scan {
    std::uint64_t pool;
    replacement_lab::Walk walk;
};
Scan scan(Numbers& numbers);
Pages pages_of(replacement_lab::Walk walk);

// The faults of program refer (tests/programs/refer.cpp) that walks, in order: pages of its
// mapping, and CODE for the page that it is in itself.
inline constexpr std::uint64_t CODE = 0xffff;
Pages program_faults(const std::string& policy, std::uint64_t pool,
                     const replacement_lab::Walk& walk);

// Faults that POLICY makes of PAGES.
std::uint64_t faults_of(const std::string& policy, std::uint64_t pool, const Pages& pages);

} // namespace lab::replacement
