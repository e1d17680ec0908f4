// The engine: from executed instructions to the machine's counts and one fault's road.
// SPDX-License-Identifier: MIT
//
// plugin.cpp feeds it while the guest runs; the tests feed it streams made by hand. It decides
// whether an instruction retired, what a trap was, and where the watched window begins and ends
// (window.hpp).
#pragma once

#include "environments.hpp"
#include "switches.hpp"
#include "trap_frames.hpp"
#include "window.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace probe {

// Whole run, all modes.
struct Machine {
    std::uint64_t instructions = 0;
    std::uint64_t firmware_instructions = 0;
    std::uint64_t traps = 0; // taken to S-mode; each is also one of the next three, or an exception
    std::uint64_t interrupts = 0;
    std::uint64_t system_calls = 0;
    std::uint64_t page_faults = 0;
    std::uint64_t sbi_calls = 0;
};

struct Fault {
    Window window;
    std::optional<std::uint64_t> address{};
    bool completed = false;
};

class Engine {
public:
    explicit Engine(const Configuration& configuration)
        : watch_(configuration.watch), environments_(configuration.environments) {}

    // The instruction at `site` is about to execute; what it then does to memory comes through
    // accessed(). Sites must stay where they are for the engine's life.
    void execute(const Site& site);
    void accessed(std::uint64_t address, std::uint32_t size, bool store);
    // The instruction under way has switched the machine off. QEMU stops the hart only a little
    // later; what it executes until then is not of the run. A reset goes on at the reset vector.
    void switched_off() { off_ = true; }
    // The machine stops and an open window ends uncompleted. What becomes of the instruction under
    // way: the guest's last store ends the machine and is done; at the limit it will not execute.
    enum class UnderWay : std::uint8_t { done, dropped };
    void finish(UnderWay last);

    const Machine& machine() const { return machine_; }
    const std::optional<Fault>& fault() const { return fault_; }

private:
    // One trap to S-mode that no sret has ended yet.
    struct Trap {
        Mode from = Mode::user;
        const Site* attempt = nullptr; // the instruction that failed, when one did
        bool system_call = false;
        bool page_fault = false;
        bool interrupt = false;
        bool own = false;     // of the watched instruction
        bool watched = false; // at the label; of an interrupt, perhaps between the labels
        bool opens = false;   // opened the window, if it proves to be what is watched
        std::uint64_t retired_before = 0;
        std::optional<Window> before{};
    };

    // The window's thread has left the hart.
    struct Away {
        Switch left;
        std::vector<Trap> traps;
        std::size_t interrupted_at = 0;
    };

    bool has_retired(const Site& site, const Site* next) const;
    void settle(const Site* next);
    void take_trap(const Site& site);
    void try_to_open(Trap& trap);
    void classify(const Site& site);
    void page_fault(Trap& trap);
    void interrupt(Trap& trap, Function upcall);
    void exception(const Site& site);
    bool at_label(const Trap& trap) const;
    bool is_between_labels(const Site& site) const;
    void begin_call(const Site& site);
    void end_at(const Site& site);
    void switched(const Switch& change, const Site& site);
    void end_trap();
    void find_fetch_address(const Site& site);
    void close(bool completed);

    Watch watch_;
    Machine machine_;
    std::optional<Fault> fault_;

    bool off_ = false;
    const Site* current_ = nullptr; // executed last; may not have retired
    Accesses accesses_;
    const Site* last_ = nullptr; // the last one in S- or U-mode
    bool last_failed_ = false;   // it did not retire
    Mode returned_to_ = Mode::user;
    std::uint64_t retired_ = 0; // in S- and U-mode
    std::vector<Trap> traps_;

    Switches switches_;
    Environments environments_;
    std::optional<Window> window_;
    std::optional<Away> away_;
    std::uint64_t call_end_ = 0; // of a call: the address behind it
    bool confirmed_ = false;     // the window's trap was what is watched
    TrapFrames frames_;
    std::optional<std::uint32_t> interrupted_{}; // domain, if that trap came between the labels
    std::size_t interrupted_at_ =
        0; // depth of the trap that is an interrupt in the window; 0: none
};

} // namespace probe
