// How a lab's rig is spoken of: what its queries and answers mean, in words.
// SPDX-License-Identifier: MIT
//
// Each lab with a rig has one (sv39_words.cpp, fault_words.cpp, replacement_words.cpp). Next:
// judge_rig.cpp.
#pragma once

#include "description.hpp"
#include "symbols.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace lab {

// A step of a query to which an answer belongs, and what that answer says.
struct Said {
    std::string step;   // "map page 0x10000 (0x10000000) to frame 0x84010 with V R U A D"
    std::string answer; // "done"
};

struct Difference {
    std::string expected;
    std::string observed;
};

struct Vocabulary {
    using Words = std::span<const std::uint64_t>;

    faultline::Range tables; // physical: where page tables may lie

    // Where the answers first differ from what is expected; nothing where they do not.
    std::optional<Difference> (*difference)(Words query, Words expected, Words given);
    // The step that was under way when so many answers had been given.
    std::string (*step_under_way)(Words query, std::size_t answers);
    // The watched step of that number (`changes` of the probe), and how many there are among the
    // steps that gave the first ANSWERS answers.
    std::string (*watched_step)(Words query, std::size_t number);
    std::size_t (*watched_steps)(Words query, std::size_t answers);
};

// What scause says: "load page fault".
std::string cause_words(std::uint64_t cause);

// Throws a Failure for a lab that has none.
const Vocabulary& vocabulary_of(const Description& lab);

} // namespace lab
