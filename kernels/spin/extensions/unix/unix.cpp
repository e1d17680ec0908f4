// The UNIX personality comes to life: what it consists of, in the order in which that is there.
// SPDX-License-Identifier: MIT
//
// Before: ../../boot.cpp, which has loaded `files`, `pager` and `scheduler`, whose names this one
// imports. Next: process 1 (services/calls/boot.cpp).
#include "kernels/spin/extensions/unix/personality.hpp"

#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/machine.hpp"

#include "lib/print.hpp"
#include "services/calls/boot.hpp"
#include "services/calls/lives.hpp"

namespace {

void key_pressed(const spin::Key& key) { personality.system.terminal_input(key.byte); }

bool is_key_awaited() {
    return !personality.waiting.is_empty(unix::Event::terminal()) ||
           personality.system.may_interrupt();
}

// Says what could not be done, and why, and ends the machine: nothing could run.
void refuse(std::string_view what, Error why) {
    call::world::Console console{};
    print(console, "cannot start: ", what, ": ", to_words(why), "\n");
    machine_end(machine_exit::CANNOT_LOAD);
}

void require(const Result<void>& step, std::string_view what) {
    if (!step)
        refuse(what, step.error());
}

} // namespace

// Where somebody was UNIX before and fell, the services below forget what they held for him.
extern "C" Result<void> extension_start(spin::FrameQuota frames, const spin::Program&) {
    const std::string_view arguments = machine_arguments();
    const auto configuration = call::configuration_asked_for(arguments);
    if (!configuration)
        machine_end(machine_exit::CANNOT_LOAD);
    personality.quota = frames;
    personality.system.set_up(
        TRY(spin::make_table<std::byte>(frames, unix::PIPES * unix::Pipes::BYTES)));
    require(pager::set_up(configuration->memory), "memory");
    files::start_over();
    scheduler::start_over();
    if (configuration->scheduler != sched::Kind::round_robin)
        personality.group = TRY(scheduler::create(configuration->scheduler));
    require(call::find_library(), call::world::LIBRARY);
    TRY(machine_install_keys(key_pressed, is_key_awaited));
    if (!call::start_program(arguments))
        machine_end(machine_exit::CANNOT_LOAD);
    return {};
}
