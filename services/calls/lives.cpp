// The first process, and the end of each.
// SPDX-License-Identifier: MIT
//
// Before: a kernel's boot; call::exit; a fault that nobody mended (handlers.cpp); a kernel that
// notices that a process was killed.
#include "services/calls/lives.hpp"

namespace call {

Result<void> start_first_process(std::string_view path, FirstDescriptors descriptors) {
    const unix::ProcessIndex index = world::system.start(path);
    TRY(world::threads.create(index));
    Caller& first = world::threads.at(index);
    const exec::Start start = TRY(exec_program(first, path));
    static_cast<void>(start); // its registers hold it
    if (descriptors == FirstDescriptors::console) {
        const unix::Descriptor input = TRY(world::system.open_terminal(index));
        for (int i = 0; i < 2; ++i) // output, error
            TRY(world::system.dup(index, input));
    }
    world::threads.start(first);
    return {};
}

// The memory goes first: once its parent knows, the process's place in the tables may be taken
// again, though this is still its thread. Nothing below UNIX's `exit` waits.
void end_process(Caller& caller, unix::ExitStatus status) {
    if (caller.index() == unix::Processes::FIRST)
        world::threads.end_system(status);
    if (const std::optional<vm::SpaceId> left = caller.space) {
        world::threads.leave_space(caller);
        world::memory.destroy(*left);
    }
    world::system.exit(caller.index(), status);
    world::threads.finish(caller);
}

void end_killed(Caller& caller) { end_process(caller, *world::system.killed(caller.index())); }

} // namespace call
