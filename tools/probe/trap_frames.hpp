// Whose trap it is, of a program that computes between two labels: told by where its registers go.
// SPDX-License-Identifier: MIT
//
// trap_vector stores the interrupted thread's registers first of all, and each thread has a place
// of its own for them. So a trap right at a return to user mode, where nobody has executed
// anything, still tells whether it is that thread's. Fed by engine.cpp.
#pragma once

#include <cstdint>
#include <optional>

namespace probe {

class TrapFrames {
public:
    // A trap; `between` is the domain of the last instruction, if that stands between the labels.
    void trap(std::optional<std::uint32_t> between, bool after_sret) {
        place_ = 0;
        between_ = between;
        after_sret_ = after_sret;
    }
    void stored(std::uint64_t address) {
        if (place_ != 0)
            return;
        place_ = address;
        if (between_)
            thread_ = Thread{place_, *between_};
        else if (!after_sret_ && thread_ && thread_->place == place_)
            thread_.reset(); // it has gone on, and elsewhere
    }
    // Of the trap that came last: the domain of the program that it came in between the labels of.
    std::optional<std::uint32_t> interrupted() const {
        const bool is_its_own = after_sret_ && thread_ && thread_->place == place_;
        return is_its_own ? std::optional(thread_->domain) : between_;
    }

private:
    struct Thread {
        std::uint64_t place;
        std::uint32_t domain;
    };

    std::uint64_t place_ = 0; // where the last trap's registers went; 0: nowhere yet
    std::optional<std::uint32_t> between_{};
    bool after_sret_ = false;
    std::optional<Thread> thread_{}; // whose last trap came between the labels
};

} // namespace probe
