// The calls of a program that its kernel does not have: who was called last, when it was refused.
// SPDX-License-Identifier: MIT
//
// A system library, or a kernel, has one place where a call ends that nobody serves (in
// user/library/not_yet.cpp, in kernels/spin/ipc.cpp). Which call it was says the library's function
// that was entered before. Beside the engine's window, which knows nothing of it.
#pragma once

#include "configuration.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace probe {

class Refusals {
public:
    explicit Refusals(const Configuration& configuration) : configuration_(configuration) {}

    // Is the instruction at `pc` the first of a call, or of a refusal?
    bool concern(std::uint64_t pc) const { return call_at(pc) != nullptr || is_refusal(pc); }

    // The instruction at `pc` executes.
    void execute(std::uint64_t pc) {
        if (const auto* call = call_at(pc))
            last_ = call;
        else if (is_refusal(pc) && last_ != nullptr &&
                 std::ranges::find(names_, last_->name) == names_.end())
            names_.push_back(last_->name);
    }

    // Each once, in the order in which they were refused first.
    const std::vector<std::string>& names() const { return names_; }

private:
    const CallRecord* call_at(std::uint64_t pc) const {
        const auto found = std::ranges::find(configuration_.calls, pc, &CallRecord::address);
        return found == configuration_.calls.end() ? nullptr : &*found;
    }
    bool is_refusal(std::uint64_t pc) const {
        return std::ranges::find(configuration_.refusals, pc) != configuration_.refusals.end();
    }

    const Configuration& configuration_;
    const CallRecord* last_ = nullptr;
    std::vector<std::string> names_;
};

} // namespace probe
