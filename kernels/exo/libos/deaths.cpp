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

bool has_environment(unix::ProcessIndex index) {
    return index == libos.self || primitive::is_there(slots::ENVIRONMENTS + index.number());
}

// Who ended while it was inside, or had the lock: whoever gives his slice away is not inside.
std::optional<unix::ProcessIndex> who_ended_in_the_middle() {
    if (shared.inside != 0)
        return unix::ProcessIndex(shared.inside - 1);
    const auto holder = shared.files_lock.holder();
    if (holder && !has_environment(*holder))
        return holder;
    return std::nullopt;
}

[[noreturn]] void break_off(unix::ProcessIndex index) {
    Console output;
    print(output, "ExOS: process ", shared.processes[index.number()].id.raw(),
          " ended in the middle of what all processes share: nothing of it can be trusted\n");
    shared.is_broken = true;
    shared.deaths = shared.deaths + 1; // so that the others come here
    end_broken();
}

void bury(unix::ProcessIndex index) {
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
    if (const auto index = who_ended_in_the_middle())
        break_off(*index);
    for (std::size_t number = 0; number < unix::PROCESSES; ++number) {
        const unix::ProcessIndex index(number);
        if (shared.system.is_alive(index) && !has_environment(index))
            bury(index);
    }
}
