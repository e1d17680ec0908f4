// Calls about processes: their lives, numbers and groups.
// SPDX-License-Identifier: MIT
#include "services/calls/bytes.hpp"
#include "services/calls/calls.hpp"
#include "services/calls/lives.hpp"

#include "abi/calls/processes.hpp"

namespace call {

namespace {

// What a copy of PARENT needs that is process INDEX in UNIX already: memory and a thread.
Result<void> copy_program(const Caller& parent, unix::ProcessIndex index) {
    const vm::SpaceId space = TRY(world::memory.fork(*parent.space));
    const Result<void> created = world::threads.create(index);
    if (created)
        world::threads.copy(parent, world::threads.at(index), space);
    else
        world::memory.destroy(space);
    return created;
}

// invalid: RAW is none.
Result<abi::Scheduling> scheduling_of(std::uint64_t raw) {
    constexpr std::array all{abi::Scheduling::round_robin, abi::Scheduling::stride};
    for (const abi::Scheduling kind : all)
        if (raw == static_cast<std::uint64_t>(kind))
            return kind;
    return std::unexpected(Error::invalid);
}

} // namespace

// Where the thread that serves is the caller's own, this does not return; a server goes on, and has
// nobody to answer.
Answer exit(Caller& caller, Request request) {
    end_process(caller, unix::ExitStatus::of_program(request.argument(0)));
    return Answer::for_nobody();
}

Answer fork(Caller& parent, Request) {
    const unix::ProcessIndex index = TRY(world::system.fork(parent.index()));
    if (const Result<void> copied = copy_program(parent, index); !copied) {
        world::system.abandon(index);
        return std::unexpected(copied.error());
    }
    const unix::ProcessId child = world::system.id(index);
    world::system.launch(index);
    world::threads.start(world::threads.at(index));
    return Answer::of(child.raw());
}

// The child goes out of the tables only when its status has arrived.
Answer wait(Caller& caller, Request request) {
    const unix::EndedChild child = TRY(world::system.wait(caller.index()));
    if (request.argument(0) != 0)
        TRY(write_out(caller, request.argument(0), child.status.raw()));
    world::system.reap(child.index);
    return Answer::of(child.id.raw());
}

Answer kill(Caller&, Request request) {
    TRY(world::system.kill(unix::ProcessId(request.argument(0))));
    return Answer::nothing();
}

Answer kill_group(Caller&, Request request) {
    TRY(world::system.kill_group(unix::GroupId(request.argument(0))));
    return Answer::nothing();
}

Answer getpid(Caller& caller, Request) { return Answer::of(caller.id.raw()); }

Answer yield(Caller& caller, Request) {
    world::threads.yield(caller);
    return Answer::nothing();
}

// The first try notes the deadline; a later one finds that it has come.
Answer sleep(Caller& caller, Request request) {
    if (request.done() == 0)
        request.set_done(world::threads.deadline_in(request.argument(0)));
    else if (world::threads.now() >= request.done())
        return Answer::nothing();
    return world::system.must_wait(caller.index(), unix::Event::deadline());
}

Answer group(Caller& caller, Request request) {
    TRY(world::system.set_group(caller.index(), unix::ProcessId(request.argument(0)),
                                unix::GroupId(request.argument(1))));
    return Answer::nothing();
}

Answer tickets(Caller& caller, Request request) {
    world::threads.set_tickets(caller, TRY(sched::Tickets::from_raw(request.argument(0))));
    return Answer::nothing();
}

Answer schedule_group(Caller& caller, Request request) {
    TRY(world::threads.schedule_group(caller, TRY(scheduling_of(request.argument(0)))));
    return Answer::nothing();
}

} // namespace call
