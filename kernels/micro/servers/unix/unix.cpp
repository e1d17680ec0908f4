// The UNIX server comes to life: what it consists of, in the order in which that is there.
// SPDX-License-Identifier: MIT
//
// Before: server_start, for root, which has made the other servers. Next: process 1
// (services/calls/boot.cpp), and the loop in calls.cpp.
#include "kernels/micro/servers/unix/personality.hpp"

#include "kernels/micro/library/server.hpp"

#include "abi/machine_exit.hpp"
#include "lib/print.hpp"
#include "services/calls/boot.hpp"
#include "services/calls/lives.hpp"

constinit const std::string_view server_name = "unix";

constinit Personality personality;

namespace {

constinit std::array<std::byte, unix::PIPES * unix::Pipes::BYTES> pipes{};
// Process 1's arguments are taken from it.
constinit std::array<char, sizeof(abi::micro::BootPage::arguments)> command_line{};

// Says what could not be done, and why, and ends the machine: nothing could run.
void require(const Result<void>& step, std::string_view what) {
    if (step)
        return;
    UnixConsole console;
    print(console, "cannot start: ", what, ": ", to_words(step.error()), "\n");
    end_machine(machine_exit::CANNOT_LOAD);
}

// All processes are one group.
Result<void> schedule_all(sched::Kind kind) {
    personality.group = TRY(personality.scheduler.create(kind));
    return {};
}

} // namespace

// Where root starts the server, by way of server_start.
extern "C" [[noreturn]] void server_main() {
    const Result<std::string_view> arguments = root::arguments(command_line);
    require(arguments ? Result<void>() : std::unexpected(arguments.error()),
            "the kernel's command line");
    const auto configuration = call::configuration_asked_for(*arguments);
    if (!configuration)
        end_machine(machine_exit::CANNOT_LOAD);
    personality.system.set_up(pipes);
    require(personality.memory.set_up(configuration->memory), "memory");
    require(call::find_library(), call::world::LIBRARY);
    if (configuration->scheduler != sched::Kind::round_robin)
        require(schedule_all(configuration->scheduler), "scheduler");
    if (!call::start_program(*arguments))
        end_machine(machine_exit::CANNOT_LOAD);
    take_keys(); // that came before there was anybody to notify
    serve_requests();
}
