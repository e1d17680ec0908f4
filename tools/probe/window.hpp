// The window: what happens at the watched instruction, from its trap to where the program goes on.
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
    std::uint64_t idle_instructions = 0;  // nothing was runnable
    std::uint64_t other_instructions = 0; // other threads ran while this one waited
};

// What happens at the watched instruction. Only a page fault has stages.
enum class Event : std::uint8_t { page_fault, call, exception, interrupt };

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
    // Of a call, by the instruction itself, and in which environment that is (0: there are none).
    Window(const Site& call, std::uint32_t environment);

    // It has shown to be something else than a page fault: one row, no stages.
    void become(Event event, std::uint64_t pc, const Site& site);
    Event event() const { return event_; }

    // What is in user mode from here on is in that environment.
    void now_in_environment(std::uint32_t environment) { environment_ = environment; }
    // `site` is about to execute, after `before`.
    void about_to_execute(const Site& site, const Site* before);
    // The mode that the hart is in, as far as a crossing goes.
    void now_in(Mode mode);
    // `site` has completed.
    void retired(const Site& site, const Accesses& accesses);
    // The same while other threads run: idle time, interrupts and all else are told apart.
    void about_to_execute_elsewhere(const Site& site, const Site* before);
    void retired_elsewhere(const Site& site);
    // The window's thread runs again.
    void back() { interrupt_ = {}; }

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

    Place place_of(const Site& site) const;
    Call call_to(const Site& site) const;
    void follow_interrupt(const Site& site);
    void follow_handler(const Site& site);
    void follow_call(const Site& site);

    Ledger ledger_;
    std::uint32_t environment_ = 0;
    std::uint32_t caller_ = no_domain; // of a call: the domain that called
    Event event_ = Event::page_fault;
    std::optional<std::uint64_t> pc_;
    AccessKind access_ = AccessKind::fetch;
    bool jumped_from_program_ = false;
    bool left_kernel_ = false;
    std::uint64_t faults_ = 0;
    Mode mode_ = Mode::user;
    std::int32_t image_ = -1; // of the attempt
    std::int32_t resume_image_ = -1;
    const Site* last_call_ = nullptr;
    Call call_;      // to the stage function that is active
    Call copy_;      // to copy_across_domains
    Call interrupt_; // to on_timer or on_device, by a kernel that polls
    bool in_handler_ = false;
    Foreign foreign_;
};

} // namespace probe
