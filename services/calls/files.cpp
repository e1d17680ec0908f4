// Calls about open files: bytes in and out, and what descriptors stand for.
// SPDX-License-Identifier: MIT
//
// A read or write that a missing page stops is mended here, notes how far it got, and waits for a
// turn: others go on in between, and then the same request is served again.
#include "services/calls/bytes.hpp"
#include "services/calls/calls.hpp"

namespace call {

namespace {

unix::Descriptor descriptor_of(Request request) { return unix::Descriptor(request.argument(0)); }

// CALLER does not go on with a read or write that stopped. WHY counts if nothing was moved.
[[gnu::cold, gnu::noinline]] Answer give_up(const Caller& caller, Request request, Error why) {
    world::system.let_go(caller.index());
    return request.done() != 0 ? Answer::of(request.done()) : Answer(std::unexpected(why));
}

// Whether a transfer is to end that has been in the middle already: its process was killed.
bool was_killed(const Caller& caller, Request request) {
    return request.done() != 0 && world::system.killed(caller.index());
}

// REQUEST goes on after others had their turn; who was killed does not wait for that.
Answer wait_for_turn(const Caller& caller, Request request) {
    if (world::system.killed(caller.index())) [[unlikely]]
        return give_up(caller, request, Error::interrupted);
    return world::system.must_wait(caller.index(), unix::Event::turn());
}

// Mends what stopped REQUEST for ACCESS after it had moved what it says; then the rest follows.
Answer go_on(const Caller& caller, Request request, Access access) {
    const std::uint64_t done = request.done();
    const Result<bool> mended = was_mended(caller, VirtAddr(request.argument(1)) + done,
                                           request.argument(2) - done, access);
    if (!mended)
        return give_up(caller, request, mended.error());
    return wait_for_turn(caller, request);
}

// A read that moved MOVED bytes, or none, and may not be over.
[[gnu::noinline]] Answer read_rest(const Caller& caller, Request request,
                                   Result<std::uint64_t> moved) {
    // Who has got something does not wait for more.
    if (!moved && moved.error() != Error::not_mapped)
        return request.done() != 0 ? Answer::of(request.done()) : Answer::of(moved);
    request.set_done(request.done() + moved.value_or(0));
    return go_on(caller, request, Access::store);
}

// The same for a write.
[[gnu::noinline]] Answer write_rest(const Caller& caller, Request request,
                                    Result<std::uint64_t> moved, bool stopped) {
    if (!moved && moved.error() == Error::would_block)
        return Answer::of(moved);
    if (!moved && moved.error() != Error::not_mapped)
        return give_up(caller, request, moved.error());
    request.set_done(request.done() + moved.value_or(0));
    if (stopped)
        return go_on(caller, request, Access::load);
    return wait_for_turn(caller, request);
}

} // namespace

// A page that is missing interrupts the transfer, and does not shorten it; the end of the file, of
// the line or of what the pipe holds does.
Answer read(Caller& caller, Request request) {
    const std::uint64_t done = request.done();
    if (was_killed(caller, request)) [[unlikely]]
        return give_up(caller, request, Error::interrupted);
    auto destination = world::into(*caller.space, VirtAddr(request.argument(1)) + done);
    const Result<std::uint64_t> moved = world::system.read(caller.index(), descriptor_of(request),
                                                           request.argument(2) - done, destination);
    if (moved && !destination.stopped()) [[likely]]
        return Answer::of(done + *moved);
    if (done == 0 && !moved && moved.error() == Error::would_block) [[likely]]
        return std::unexpected(Error::would_block);
    return read_rest(caller, request, moved);
}

// All of it is written, though the pipe be full now and then, up to the first error.
Answer write(Caller& caller, Request request) {
    const std::uint64_t done = request.done();
    if (was_killed(caller, request)) [[unlikely]]
        return give_up(caller, request, Error::interrupted);
    auto source = world::from(*caller.space, VirtAddr(request.argument(1)) + done);
    const std::uint64_t left = request.argument(2) - done;
    const Result<std::uint64_t> moved =
        world::system.write(caller.index(), descriptor_of(request), left, source);
    if (moved && *moved == left) [[likely]]
        return Answer::of(done + left);
    return write_rest(caller, request, moved, source.stopped());
}

Answer open(Caller& caller, Request request) {
    Path path{};
    const std::string_view name = TRY(path.read(caller, request.argument(0), request.argument(1)));
    return Answer::of(TRY(world::system.open(caller.index(), name, request.argument(2))).raw());
}

Answer close(Caller& caller, Request request) {
    TRY(world::system.close(caller.index(), descriptor_of(request)));
    return Answer::nothing();
}

Answer dup(Caller& caller, Request request) {
    return Answer::of(TRY(world::system.dup(caller.index(), descriptor_of(request))).raw());
}

// The place for the result is made ready first: nothing has to be undone.
Answer pipe(Caller& caller, Request request) {
    using Ends = std::array<std::uint64_t, 2>;
    TRY(mend_for(caller, VirtAddr(request.argument(0)), sizeof(Ends), Access::store));
    const unix::PipeEnds made = TRY(world::system.pipe(caller.index()));
    TRY(write_out(caller, request.argument(0), Ends{made.reading.raw(), made.writing.raw()}));
    return Answer::nothing();
}

Answer fstat(Caller& caller, Request request) {
    const abi::Stat stat = TRY(world::system.stat(caller.index(), descriptor_of(request)));
    TRY(write_out(caller, request.argument(1), stat));
    return Answer::nothing();
}

Answer seek(Caller& caller, Request request) {
    return Answer::of(
        world::system.seek(caller.index(), descriptor_of(request), request.argument(1)));
}

Answer sync(Caller&, Request) {
    TRY(world::memory.write_back());
    TRY(world::files.sync());
    return Answer::nothing();
}

} // namespace call
