// Shared by the whole-machine tests: the command, run as a person would, and what it answers.
// SPDX-License-Identifier: MIT
#pragma once

#include "../unity/sample.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

// Every kernel of this build, in the order of the tables.
std::vector<std::string> kernels();

// What the release build's manifest says of KERNEL.
nlohmann::ordered_json manifest_of(const std::string& kernel);

// Those of them that have all of FEATURES (guest_kernel_features), such as "processes": a test of
// what one kernel does with them runs on each.
std::vector<std::string> kernels_with(const std::vector<std::string>& features);

// What to try of ALL on KERNEL where that is dear: all on the first of KERNELS, and on the others a
// sample of COUNT (tests/unity/sample.hpp).
template <class T>
std::vector<T> variations(const std::vector<std::string>& kernels, const std::string& kernel,
                          const std::vector<T>& all, std::size_t count = 1) {
    return kernel == kernels.front() ? all : sample::of(all, count);
}

struct Answer {
    int status;         // exit status
    std::string output; // standard output and standard error
};

// Runs the shell command LINE; at most SECONDS of wall time, a guard against a hung machine.
Answer shell(const std::string& line, int seconds = 60);

// `faultline ARGUMENTS`.
Answer call_faultline(const std::string& arguments);

// `faultline compare ARGUMENTS --json -`, once for equal arguments: {"kernels": [...]}.
const nlohmann::ordered_json& compare(const std::string& arguments);

// What compare says of one kernel.
const nlohmann::ordered_json& result_of(const nlohmann::ordered_json& comparison,
                                        const std::string& kernel);

// The instructions of one stage, 0 if it did not run.
int instructions_of(const nlohmann::ordered_json& result, const std::string& stage);

// The QEMU line that `faultline run --print-command ARGUMENTS` prints, without what is said of it.
std::string printed_line(const std::string& arguments);

// Runs PROGRAM on KERNEL by the plain QEMU line that `faultline run --print-command` prints, with
// time made to follow instructions: the status is the machine's exit code (abi/machine_exit.hpp).
Answer machine(const std::string& kernel, const std::string& program,
               const std::string& options = "");
