// The first process, and the end of each.
// SPDX-License-Identifier: MIT
//
// Before: a kernel's boot; call::exit; a fault that nobody mended (handlers.cpp); a kernel that
// notices that a process was killed.
#include "services/calls/lives.hpp"

namespace call {

namespace {

Result<void> open_console(unix::ProcessIndex index) {
    const unix::Descriptor input = TRY(world::system.open_terminal(index));
    for (int i = 0; i < 2; ++i) // output, error
        TRY(world::system.dup(index, input));
    return {};
}

// A program and a thread for process INDEX, which UNIX has made.
Result<void> start_program(unix::ProcessIndex index, std::string_view path) {
    const Prepared program = TRY(prepare_program(index, path));
    if (const Result<void> created = world::threads.create(index); !created) {
        discard_program(program);
        return created;
    }
    enter_program(world::threads.at(index), path, program);
    world::threads.start(world::threads.at(index));
    return {};
}

Result<void> start_with(unix::ProcessIndex index, std::string_view path,
                        FirstDescriptors descriptors) {
    if (descriptors == FirstDescriptors::console)
        TRY(open_console(index));
    return start_program(index, path);
}

} // namespace

Result<void> start_first_process(std::string_view path, FirstDescriptors descriptors) {
    const unix::ProcessIndex index = world::system.start(path);
    Result<void> started = start_with(index, path, descriptors);
    if (!started)
        world::system.abandon(index);
    return started;
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
