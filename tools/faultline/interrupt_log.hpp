// QEMU's own record of traps (`-d int`), the second witness.
// SPDX-License-Identifier: MIT
//
// compare.cpp takes the faulting address and cause from here and holds them against the probe's
// result.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace faultline {

enum class Cause : std::uint64_t { // scause of the privileged manual, table 4.2
    fetch_misaligned = 0,
    fetch_access_fault = 1,
    illegal_instruction = 2,
    breakpoint = 3,
    load_misaligned = 4,
    load_access_fault = 5,
    store_misaligned = 6,
    store_access_fault = 7,
    user_call = 8,
    fetch_page_fault = 12,
    load_page_fault = 13,
    store_page_fault = 15,
    external_interrupt = 1ULL << 63 | 9,
};

struct Trap {
    bool interrupt = false;
    std::uint64_t cause = 0;
    std::uint64_t pc = 0;
    std::uint64_t value = 0; // the faulting address, for a page fault
};

std::optional<Trap> parse_trap(std::string_view line);

struct PageFault {
    Cause cause;
    std::uint64_t address;
    std::uint64_t times; // how often this pc took a page fault at this address
};

// The first page fault of the instruction at `pc`.
std::optional<PageFault> page_fault_at(std::string_view log, std::uint64_t pc);

// The first trap of the program, of the given kind ("call", "exception" or "interrupt"), at a pc in
// [low, high).
std::optional<Trap> trap_within(std::string_view log, std::string_view kind, std::uint64_t low,
                                std::uint64_t high);

// Where the last page fault of a fetch was: the pc of one that never completed, which the probe
// cannot see.
std::optional<std::uint64_t> last_fetch_fault(std::string_view log);

Cause cause_of(const Trap& trap);
std::string words(Cause cause); // "store page fault"

} // namespace faultline
