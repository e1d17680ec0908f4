// A rig's questions and answers in words: each lab has its own language.
// SPDX-License-Identifier: MIT
//
// Before: judge_rig.cpp has the answers. Next: sv39_words.hpp (lab 1), replacement_words.hpp (lab
// 3).
#pragma once

#include "description.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace lab {

using RigWord = std::span<const std::uint64_t>;

struct Difference {
    std::string expected;
    std::string observed;
};

struct RigWords {
    // Where the answers first differ from what is expected; nothing where they do not.
    std::optional<Difference> (*difference)(RigWord query, RigWord expected, RigWord given);
    // What was under way when so many answers had been given.
    std::string (*under_way)(RigWord query, std::size_t answers);
    // Steps that the probe watches: how many gave the first ANSWERS answers, and what one is.
    std::size_t (*watched_steps)(RigWord query, std::size_t answers);
    std::string (*watched_step)(RigWord query, std::size_t number);
};

// What scause says: "load page fault".
std::string cause_words(std::uint64_t cause);

// Throws a Failure for a lab whose rig nobody understands.
const RigWords& rig_words(const Description& lab);

} // namespace lab
