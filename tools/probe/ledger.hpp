// The ledger: to which stage of a fault each of its instructions belongs.
// SPDX-License-Identifier: MIT
//
// Knows the seven stages and the rules of attribution (docs/probe.md), and nothing of addresses,
// traps or QEMU. The engine tells it which stage function is entered or left and charges it one
// instruction at a time; what runs between two stage functions waits in `gap_` until it is known
// which stage follows.
#pragma once

#include "layout.hpp"

#include <algorithm>
#include <compare>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace probe {

// In whose code an instruction is, and in which environment, if there are any.
struct Owner {
    std::uint32_t domain = no_domain; // that one: in no image
    std::uint32_t environment = 0;

    friend auto operator<=>(const Owner&, const Owner&) = default;
};

// Instructions, by owner.
class Counts {
public:
    void add(Owner owner, std::uint64_t count = 1) {
        if (last_ == counts_.size() || counts_[last_].first != owner)
            find(owner);
        counts_[last_].second += count;
    }
    std::uint64_t of(Owner owner) const {
        const auto found = std::ranges::find(counts_, owner, &Count::first);
        return found == counts_.end() ? 0 : found->second;
    }

    using Count = std::pair<Owner, std::uint64_t>;
    auto begin() const { return counts_.begin(); }
    auto end() const { return counts_.end(); }
    void clear() {
        counts_.clear();
        last_ = 0;
    }

private:
    void find(Owner owner) {
        const auto found = std::ranges::find(counts_, owner, &Count::first);
        last_ = static_cast<std::size_t>(found - counts_.begin());
        if (found == counts_.end())
            counts_.emplace_back(owner, 0);
    }

    std::vector<Count> counts_; // few, in no order
    std::size_t last_ = 0;      // whose instructions were counted last; the end: nobody's yet
};

inline std::uint64_t sum(const Counts& counts) {
    std::uint64_t total = 0;
    for (const auto& [owner, count] : counts)
        total += count;
    return total;
}

inline constexpr bool is_stage(Function function) {
    return function >= Function::receive && function <= Function::resume;
}

inline constexpr bool is_station(Function function) {
    return function >= Function::call_receive && function <= Function::call_answer;
}

struct Place {
    Owner owner;
    Mode mode = Mode::supervisor;
};

struct StageEntry {
    Function stage = Function::none;
    Place place; // of the stage function itself
    Counts counts{};
};

class Ledger {
public:
    void charge(Place place);
    void enter(Function stage, Place place);
    void leave() { inside_ = false; }
    // The same of a system call's stations, and of the program between two calls (`handle`): one
    // row each, however often it is entered.
    void enter_station(Function station, Place place);
    bool in_program() const { return inside_ && entries_[current_].stage == Function::handle; }
    // The watched instruction has faulted once more: what follows is a road of its own.
    void next_round();
    // The window ends: give away what still waits.
    void close();

    bool inside() const { return inside_; }
    // Is the fault, as far as this round goes, mended? Then what runs is on its way back.
    bool mended() const { return find(Function::install) || find(Function::resume); }
    const std::vector<StageEntry>& entries() const { return entries_; }

private:
    std::optional<std::size_t> find(Function stage) const;
    std::optional<std::size_t> last_structural() const;
    void give_gap_to(std::size_t entry);

    std::vector<StageEntry> entries_;
    std::size_t round_ = 0; // the first entry of this round
    std::size_t current_ = 0;
    bool inside_ = false; // inside the current entry's function
    Counts gap_{};
    bool waiting_ = false; // whether anything waits in gap_
    Place gap_place_;      // of the first instruction that waits
};

} // namespace probe
