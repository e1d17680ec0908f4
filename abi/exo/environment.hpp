// The environment page: what an exokernel and a library OS tell each other without a call.
// SPDX-License-Identifier: MIT
//
// It stands at EXO_ENVIRONMENT, readable and writable by the environment. The kernel trusts nothing
// that it reads there: what the page says about the environment is the environment's own affair.
#pragma once

#include "abi/address_map.h"
#include "abi/exo/layout.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace abi::exo {

// Where an exception is saved: the interrupted pc, and the four registers that the kernel needed
// for itself (ra, t0, t1, t2). All other registers reach the exception entry as they were; the
// slots left over are for the library OS to put them.
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

struct EnvironmentPage {
    SaveArea save;
    // The machine's frames by their physical names: those that may be asked for, taken ones among
    // them.
    std::uint64_t first_frame;
    std::uint64_t frames_end;
    // What this environment was started as.
    std::uint64_t name_bytes;
    std::array<char, 100> name;
};

} // namespace abi::exo
