// What a change of a translation did: stores to page tables and fences, in their order.
// SPDX-License-Identifier: MIT
//
// They are noted from one instruction to another. For labs, whose guest calls FROM and TO around
// each change. Beside the engine's window, which knows nothing of it. Which pages a fence names, no
// plugin can tell: registers are not shown; but the instruction says whether it names one at all.
#pragma once

#include "layout.hpp"

#include <cstdint>
#include <vector>

namespace probe {

class Changes {
public:
    enum class Kind : std::uint8_t { store, fence_page, fence_all, fence_code, more };
    struct Event {
        Kind kind = Kind::store;
        std::uint64_t pc = 0;
        std::uint64_t address = 0; // of a store
        bool operator==(const Event&) const = default;
    };
    using Change = std::vector<Event>;

    // A guest that stores for ever costs no memory: `more` stands where events were dropped.
    static constexpr std::size_t most_events = 64;
    static constexpr std::size_t most_changes = 1024;

    explicit Changes(const ChangesRecord& record) : record_(record) {}

    // `site` is about to execute.
    void execute(const Site& site) {
        pc_ = site.pc;
        if (site.pc == record_.from) {
            noting_ = changes_.size() < most_changes;
            if (noting_)
                changes_.emplace_back();
        } else if (site.pc == record_.to) {
            noting_ = false;
        } else if (noting_ && site.kind() == probe::Kind::sfence_vma) {
            note({site.decoded.all_pages ? Kind::fence_all : Kind::fence_page, site.pc, 0});
        } else if (noting_ && site.kind() == probe::Kind::fence_i) {
            note({Kind::fence_code, site.pc, 0});
        }
    }
    void accessed(std::uint64_t address, bool store) {
        if (noting_ && store && record_.tables.contains(address))
            note({Kind::store, pc_, address});
    }

    // One for each time that FROM was passed.
    const std::vector<Change>& changes() const { return changes_; }

private:
    void note(const Event& event) {
        Change& change = changes_.back();
        if (change.size() < most_events)
            change.push_back(event);
        else
            change.back() = {.kind = Kind::more};
    }

    ChangesRecord record_;
    std::vector<Change> changes_;
    std::uint64_t pc_ = 0;
    bool noting_ = false;
};

} // namespace probe
