// A session of `faultline debug`: a real GDB on a real QEMU, and what each command answered.
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

class Debugged {
public:
    // Stops KERNEL at the faulting instruction of SCENARIO, and gives GDB the COMMANDS. One that
    // fails is the last.
    Debugged(const std::string& kernel, const std::vector<std::string>& commands,
             const std::string& scenario = "zero-fill");

    // All that was said.
    const std::string& output() const { return output_; }
    // What was said to command INDEX; empty when GDB did not come that far.
    const std::string& answer(std::size_t index) const { return answers_.at(index); }

private:
    std::string output_;
    std::vector<std::string> answers_;
};

// Is WORDS in TEXT?
bool holds(const std::string& text, const std::string& words);

// The kernels of this build.
std::vector<std::string> debugged_kernels();
