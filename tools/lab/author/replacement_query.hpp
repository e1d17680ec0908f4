// Queries of lab 3's rig, and the right answers to them.
// SPDX-License-Identifier: MIT
#pragma once

#include "case.hpp"

#include "replacement_traces.hpp"

namespace lab::replacement {

// A queue as it might be, oldest first.
struct Drawing {
    std::vector<replacement_lab::Frame> frames;
    std::uint64_t kept = replacement_lab::NOBODY;

    void keep(std::uint64_t place) { kept = frames[place].number; }
};
// COUNT frames, with any numbers, bits and ages.
Drawing drawn(Numbers& numbers, std::uint64_t count);

RigCase choice(const std::string& policy, const Drawing& queue);
RigCase played(const std::string& policy, const Trace& trace);
// What is right depends on the policy: only that it kept to the rules is expected.
RigCase walk_query(const std::string& policy, const Scan& scan);

} // namespace lab::replacement
