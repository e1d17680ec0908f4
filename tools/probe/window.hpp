// The window: one fault of the watched program, from its trap to the instruction's completion.
// SPDX-License-Identifier: MIT
//
// The engine opens it, feeds it retired instructions and tells it of traps; the window recognises
// stage functions being entered and left, and keeps the totals. It is a value: the engine copies it
// at each trap and puts the copy back when the trap turns out to be an interrupt, as if that had
// never happened.
#pragma once

#include "ledger.hpp"

#include <cstdint>
#include <optional>

namespace probe {

struct Totals {
    std::uint64_t crossings = 0;
    std::uint64_t address_space_switches = 0;
    std::uint64_t tlb_flushes = 0;
    std::uint64_t loads = 0;
    std::uint64_t stores = 0;
    std::uint64_t bytes_copied = 0;
    std::uint64_t interrupts = 0;
    std::uint64_t interrupt_instructions = 0;
    std::uint64_t sbi_calls = 0;
    std::uint64_t firmware_instructions = 0;
};

// What one instruction did to memory.
struct Accesses {
    std::uint32_t loads = 0;
    std::uint32_t stores = 0;
    std::uint32_t bytes_stored = 0;
    std::uint64_t address = 0; // of the first access
};

enum class AccessKind : std::uint8_t { load, store, fetch };

class Window {
public:
    // `attempt` is the failed load or store; null for a fetch, whose address nothing tells until
    // the instruction at last executes.
    Window(const Site* attempt, const Site* before);

    // `site` is about to execute, after `before`.
    void about_to_execute(const Site& site, const Site* before);
    // The mode that the hart is in, as far as a crossing goes.
    void now_in(Mode mode);
    // `site` has completed.
    void retired(const Site& site, const Accesses& accesses);

    // A page fault's trap has reached fault_receive: the watched instruction's, or another one's,
    // whose road then belongs to the stage in which it happens. `depth` is the number of traps
    // under way.
    void own_fault() { ++faults_; }
    void foreign_fault(const Site* attempt, Mode mode, std::size_t depth);
    // An sret has retired; `depth` as above, after it.
    void returned_from_trap(std::size_t depth);

    // Of a fetch fault: does `site`, about to execute, show where the fault was?
    bool shows_fetch_address(const Site& site) const;
    void set_pc(std::uint64_t pc) { pc_ = pc; }

    bool watches(const Site& site) const {
        return site.mode == Mode::user && pc_ && *pc_ == site.pc;
    }
    bool mended() const { return ledger_.mended(); }
    void next_round() { ledger_.next_round(), call_ = {}; }
    void close() { ledger_.close(); }

    Totals totals;
    std::uint64_t faults() const { return faults_; }
    std::optional<std::uint64_t> pc() const { return pc_; }
    AccessKind access() const { return access_; }
    bool jumped_from_program() const { return jumped_from_program_; }
    const Ledger& ledger() const { return ledger_; }

private:
    // A call under way: over when the instruction behind the call site executes in the caller's
    // mode.
    struct Call {
        std::uint64_t return_pc = 0;
        Mode mode = Mode::supervisor;
        bool active = false;

        bool returns_at(const Site& site) const {
            return active && site.pc == return_pc && site.mode == mode;
        }
    };
    // Another instruction's page fault within this window.
    struct Foreign {
        std::optional<std::uint64_t> pc{}; // in U-mode, when known; else over at its sret
        Mode mode = Mode::user;
        std::size_t depth = 0;
        bool active = false;
    };

    Call call_to(const Site& site) const;

    Ledger ledger_;
    std::optional<std::uint64_t> pc_;
    AccessKind access_ = AccessKind::fetch;
    bool jumped_from_program_ = false;
    bool left_kernel_ = false;
    std::uint64_t faults_ = 0;
    Mode mode_ = Mode::user;
    std::int32_t resume_image_ = -1;
    const Site* last_call_ = nullptr;
    Call call_; // to the stage function that is active
    Call copy_; // to copy_across_domains
    Foreign foreign_;
};

} // namespace probe
