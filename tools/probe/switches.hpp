// Which thread of the kernel runs: told by what switch_context does to memory.
// SPDX-License-Identifier: MIT
//
// The HAL's switch_context stores the registers of the thread that leaves at one address and loads
// those of the next from another; a thread is known by that address. Next: the engine sets a window
// aside while its thread is away.
#pragma once

#include "layout.hpp"

#include <cstdint>
#include <optional>

namespace probe {

struct Switch {
    std::uint64_t from = 0;       // where the context of the thread that left is kept
    std::uint64_t to = 0;         // the same of the one that runs now
    std::uint64_t from_is_at = 0; // the pc at which the thread that left will go on
};

class Switches {
public:
    // `site` is about to execute, after `before`; neither is firmware's. A switch is over with the
    // first instruction outside of switch_context. Where a kernel allows interrupts meanwhile, one
    // may come before each of its instructions, and before that first one.
    std::optional<Switch> about_to_execute(const Site& site, const Site* before) {
        if (site.entry == Function::trap_vector && before)
            interrupted(*before);
        const bool is_called = before && before->kind() == Kind::call;
        const bool is_gone_on_with = before && before->kind() == Kind::sret;
        if (site.entry == Function::switch_context && (is_called || is_gone_on_with)) {
            under_way_ = true;
            is_interrupted_ = false;
            switch_ = {.from_is_at = is_called ? before->next : interrupted_call_};
            return {};
        }
        if (is_gone_on_with)
            is_interrupted_ = false;
        if (!under_way_ || is_interrupted_ || site.inside == Function::switch_context)
            return {};
        under_way_ = false;
        return switch_.from != 0 && switch_.to != 0 ? std::optional(switch_) : std::nullopt;
    }

    // An instruction of switch_context has accessed memory: only its first store and load count.
    void accessed(std::uint64_t address, bool store) {
        auto& context = store ? switch_.from : switch_.to;
        if (context == 0)
            context = address;
    }

private:
    void interrupted(const Site& before) {
        if (before.kind() == Kind::call)
            interrupted_call_ = before.next;
        if (before.inside == Function::switch_context)
            is_interrupted_ = true;
    }

    bool under_way_ = false;
    bool is_interrupted_ = false;        // and goes on with its trap's return
    std::uint64_t interrupted_call_ = 0; // where the one returns to that a trap came behind
    Switch switch_;
};

} // namespace probe
