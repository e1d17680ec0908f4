// Calls about processes: their lives, numbers and groups.
// SPDX-License-Identifier: MIT
#include "calls.hpp"

#include "kernels/monolithic/kernel.hpp"
#include "kernels/monolithic/schedule.hpp"

#include "abi/calls/processes.hpp"

namespace {

// Fetches the texts whose views lie at ADDRESS. bad_address, too_large.
Result<void> read_arguments(const Process& process, std::uint64_t address, std::uint64_t count,
                            ArgumentList& list) {
    list.clear();
    for (std::uint64_t i = 0; i < count; ++i) {
        const std::uint64_t place = address + i * sizeof(abi::TextView);
        const auto view = TRY(read_in<abi::TextView>(process, place));
        const auto room = TRY(list.add_room(view.bytes));
        TRY(copy_in(process.space, VirtAddr(view.address), room));
    }
    return {};
}

} // namespace

namespace call {

Answer exit(Process& process, Arguments arguments) {
    end_process(process, unix::ExitStatus::of_program(arguments[0]));
}

Answer fork(Process& process, Arguments) { return TRY(fork_process(process)).raw(); }

// In the new program a0 is the entry that the system library is to start.
Answer exec(Process& process, Arguments arguments) {
    Path path;
    const std::string_view name = TRY(path.read(process, arguments[0], arguments[1]));
    const Holding one_at_a_time(kernel.exec.lock);
    TRY(read_arguments(process, arguments[2], arguments[3], kernel.exec.arguments));
    TRY(exec_program(process, name));
    return process.frame->x(reg::A0);
}

// The child goes out of the tables only when its status has arrived.
Answer wait(Process& process, Arguments arguments) {
    const unix::EndedChild child = TRY(wait_for_child(process));
    if (arguments[0] != 0)
        TRY(write_out(process, arguments[0], child.status.raw()));
    kernel.system.reap(child.index);
    return child.id.raw();
}

Answer kill(Process&, Arguments arguments) {
    TRY(kernel.system.kill(unix::ProcessId(arguments[0])));
    return 0;
}

Answer kill_group(Process&, Arguments arguments) {
    TRY(kernel.system.kill_group(unix::GroupId(arguments[0])));
    return 0;
}

Answer getpid(Process& process, Arguments) { return process.id.raw(); }

Answer yield(Process&, Arguments) {
    ::yield();
    return 0;
}

Answer sleep(Process&, Arguments arguments) {
    sleep_until(timer::deadline_in(arguments[0]));
    return 0;
}

Answer group(Process& process, Arguments arguments) {
    TRY(kernel.system.set_group(process.index(), unix::ProcessId(arguments[0]),
                                unix::GroupId(arguments[1])));
    return 0;
}

Answer tickets(Process& process, Arguments arguments) {
    kernel.scheduler.set_tickets(process.client, TRY(sched::Tickets::from_raw(arguments[0])));
    return 0;
}

// One scheduler serves everybody, chosen at boot.
Answer schedule_group(Process&, Arguments arguments) {
    if (arguments[0] > static_cast<std::uint64_t>(abi::Scheduling::stride))
        return std::unexpected(Error::invalid);
    return std::unexpected(Error::not_supported);
}

} // namespace call
