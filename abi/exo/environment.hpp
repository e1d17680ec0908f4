// The environment page: what an exokernel's environment and the kernel write for each other.
// SPDX-License-Identifier: MIT
//
// It stands at EXO_ENVIRONMENT, readable and writable by the environment. The kernel trusts nothing
// that it reads there: what the page says about the environment is the environment's own affair.
#pragma once

#include "abi/address_map.h"
#include "abi/exo/layout.h"
#include "abi/exo/primitives.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace abi::exo {

// Where an exception is saved: the interrupted pc, and the four registers that the kernel needed
// for itself (ra, t0, t1, t2). All other registers reach the exception entry as they were; the
// slots left over are for the library OS to put them. The end of a slice leaves pc and t0 only.
struct SaveArea {
    std::uint64_t pc;
    std::array<std::uint64_t, 31> registers; // x1..x31
    std::uint64_t cause;                     // scause, numbered as in lib/exception.hpp
    std::uint64_t address;                   // stval
    // Set by the kernel when it fills the area, cleared by the library OS when it has restored from
    // it. An exception that finds it set cannot be delivered, and ends the environment.
    std::uint64_t in_use;
};
static_assert(offsetof(SaveArea, pc) == EXO_SAVE_PC);
static_assert(offsetof(SaveArea, registers) == EXO_SAVE_RA);
static_assert(offsetof(SaveArea, cause) == EXO_SAVE_CAUSE);
static_assert(offsetof(SaveArea, address) == EXO_SAVE_ADDRESS);
static_assert(offsetof(SaveArea, in_use) == EXO_SAVE_IN_USE);
static_assert(sizeof(SaveArea) == EXO_SAVE_SIZE);

struct EnvironmentPage {
    SaveArea save;
    SaveArea interrupted; // by the end of a slice
    std::array<Term, TERMS> terms;
    // The machine's frames by their physical names: those that may be asked for, taken ones among
    // them.
    std::uint64_t first_frame;
    std::uint64_t frames_end;
    std::uint64_t number;      // of this environment
    std::uint64_t disk_blocks; // 0: there is no disk
    std::uint64_t disk_is_read_only;
    // So many the environment is to give back. Set by the kernel, cleared by the library OS.
    std::uint64_t frames_wanted;
    // How the kernel calls the environment in its words.
    std::uint64_t name_bytes;
    std::array<char, 100> name;
    // The kernel's command line; of the first environment only.
    std::uint64_t argument_bytes;
    std::array<char, 2000> arguments;
};
static_assert(offsetof(EnvironmentPage, interrupted) == EXO_INTERRUPTED);

} // namespace abi::exo
