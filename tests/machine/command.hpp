// Shared by the whole-machine tests: the command, run as a person would, and what it answers.
// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

// Every kernel of this build, in the order of the tables.
std::vector<std::string> kernels();

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
