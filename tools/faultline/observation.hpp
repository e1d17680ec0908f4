// One kernel's run of a scenario, as it was seen from outside.
// SPDX-License-Identifier: MIT
//
// Made by observe.cpp; compare_text.cpp and compare_json.cpp report it.
#pragma once

#include "interrupt_log.hpp"
#include "probe_result.hpp"

#include <optional>
#include <string>
#include <vector>

namespace faultline {

struct Observation {
    std::string kernel;
    std::string program;
    int status = 0;                     // QEMU's exit code
    std::string meaning;                // the same in words
    std::string output;                 // what the program wrote
    bool has_label = false;             // only a fault at the program's scenario_fault counts
    std::optional<ObservedFault> fault; // absent: the program took none
    std::optional<Cause> cause;
    std::optional<std::uint64_t> address;
    std::vector<std::string> missing{}; // features that it needs and the kernel lacks: did not run
    std::vector<std::string> refused{}; // calls that it made and the kernel does not have

    // What it does here says nothing about the structure: it lacks something, and goes on without.
    bool is_not_yet() const { return !missing.empty() || !refused.empty(); }
};

struct Comparison {
    std::string scenario;
    std::string build;
    std::string timer;
    std::vector<Observation> kernels;
    bool figures = false; // what the program prints last may differ, and is shown
};

// What should be the same on all kernels and is not: a sentence each. Empty: all is well.
std::vector<std::string> differences(const Comparison& comparison);
// What went wrong on one kernel: a sentence, or nothing.
std::optional<std::string> problem_of(const Observation& observation);

constexpr std::size_t TEXT_WIDTH = 80; // of a pipe, and of text on any wider terminal
std::string comparison_text(const Comparison& comparison, std::size_t width = TEXT_WIDTH);
std::string comparison_json(const Comparison& comparison);

} // namespace faultline
