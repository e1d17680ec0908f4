// How often certain instructions execute, by name.
// SPDX-License-Identifier: MIT
//
// For labs: a program that came to its end was there. Beside the engine's window, which knows
// nothing of it.
#pragma once

#include "configuration.hpp"

#include <algorithm>
#include <map>
#include <string>

namespace probe {

class Passes {
public:
    explicit Passes(const Configuration& configuration) : configuration_(configuration) {
        for (const PassRecord& record : configuration.passes)
            counts_[record.name] = 0;
    }

    bool concern(std::uint64_t pc) const {
        return std::ranges::find(configuration_.passes, pc, &PassRecord::address) !=
               configuration_.passes.end();
    }
    // The instruction at `pc` executes.
    void execute(std::uint64_t pc) {
        for (const PassRecord& record : configuration_.passes)
            if (record.address == pc)
                ++counts_[record.name];
    }

    const std::map<std::string, std::uint64_t>& counts() const { return counts_; }

private:
    const Configuration& configuration_;
    std::map<std::string, std::uint64_t> counts_;
};

} // namespace probe
