// The environment: what the kernel keeps of a library OS and its application.
// SPDX-License-Identifier: MIT
//
// Aegis calls it the processor environment and gives it four contexts (SOSP'95, section 5.1.2). Of
// these stand here the exception context and the addressing context; the interrupt context (the end
// of a slice) and the protected entry come with a second environment. No kernel stack: an
// environment that waits needs none.
#pragma once

#include "entry_layout.h"
#include "space.hpp"

#include "abi/exo/environment.hpp"
#include "arch/riscv/timer.hpp"

#include <array>
#include <string_view>

// Where exceptions go, and where their registers are saved before.
struct ExceptionContext {
    std::uint64_t entry =
        0; // user-mode pc; nothing is checked, since the hardware checks every jump
    abi::exo::EnvironmentPage* page = nullptr; // the environment page, by the direct map
};

// What its addresses mean: the guarded table, and the bindings that may be put into it.
struct AddressingContext {
    Space space;
    BindingTable bindings;
};

struct Environment {
    enum class State : std::uint8_t { unused, runnable, asleep };

    ExceptionContext exception;
    AddressingContext addressing;
    EnvironmentId id;
    State state = State::unused;
    std::uint64_t wake_at = timer::NEVER; // while asleep, in ticks of `time`
    std::string_view name;                // what the machine was asked to run
};
static_assert(offsetof(Environment, exception.entry) == ENVIRONMENT_EXCEPTION_ENTRY);

// Gives the first environment its images (program NAME and library OS), environment page and stack
// from the initial RAM disk, as a boot loader would, and all time slices. Returns the program's
// entry. What is missing or malformed is said on the console, and the machine ends.
VirtAddr load_first_environment(std::string_view name);

// Enters user mode for the first time, at the library OS's start, which goes on at PROGRAM_ENTRY.
[[noreturn]] void start_first_environment(VirtAddr program_entry);

// Ends the running environment with STATUS, and with it the machine, which was asked to run this
// one.
[[noreturn]] void end_environment(std::uint64_t status);

// The same after a fault; the library OS has said which.
[[noreturn]] void end_after_fault();

// entry.S: an exception while the save area is in use, or before there is an exception context.
extern "C" [[noreturn]] void end_undeliverable();
