// The end of a process that could not say so itself.
// SPDX-License-Identifier: MIT
//
// Before: begin_turn in waiting.cpp; the kernel has counted an end in shared.deaths (tell_end).
// Next: services/unix.
#include "deaths.hpp"

#include "console.hpp"
#include "libos.hpp"
#include "primitives.hpp"

#include "lib/print.hpp"

namespace {

// Each process ends where it next goes on.
[[noreturn]] void end_broken() {
    if (libos.self == unix::Processes::FIRST)
        primitive::end_by_fault(); // and the machine
    primitive::exit(0);
}

void bury(unix::ProcessIndex index) {
    const bool was_inside = shared.inside == index.number() + 1;
    if (was_inside || shared.files_lock.is_held_by(index)) {
        Console output;
        print(output, "ExOS: process ", shared.system.id(index).raw(),
              " ended in the middle of what all processes share: nothing of it can be trusted\n");
        shared.is_broken = true;
        shared.deaths = shared.deaths + 1; // so that the others come here
        end_broken();
    }
    static_cast<void>(primitive::unbind(slots::ENVIRONMENTS + index.number()));
    shared.turns.leave(index);
    shared.ended += 1;
    shared.system.exit(index, unix::ExitStatus::fault());
}

} // namespace

void heed_deaths() {
    if (shared.is_broken)
        end_broken();
    if (shared.deaths == shared.deaths_heeded)
        return;
    shared.deaths_heeded = shared.deaths;
    for (std::size_t number = 0; number < unix::PROCESSES; ++number) {
        const unix::ProcessIndex index(number);
        if (index != libos.self && shared.system.is_alive(index) &&
            !primitive::is_there(slots::ENVIRONMENTS + number))
            bury(index);
    }
}
