// Calls about open files: bytes in and out, and what descriptors stand for.
// SPDX-License-Identifier: MIT
#include "calls.hpp"

#include "kernels/monolithic/devices.hpp"
#include "kernels/monolithic/ipc.hpp"

namespace {

unix::Descriptor descriptor_of(Arguments arguments) { return unix::Descriptor(arguments[0]); }

// Whether the program's memory at START is what kept a transfer of COUNT bytes from going on; then
// it is mended. There may be fewer bytes than room for them, so it is no matter yet what stands
// behind a page that could be mended. bad_address: none could.
Result<bool> was_mended(const Process& process, VirtAddr start, std::uint64_t count,
                        Access access) {
    const std::uint64_t piece = std::min(count, PAGE_SIZE);
    const Space& tables = kernel.memory.translations[process.space];
    const VirtAddr missing = first_unreachable(tables, start, piece, access);
    if (missing == start + piece)
        return false;
    const Result<void> mended = mend_for(process.space, start, count, access);
    if (!mended && first_unreachable(tables, start, piece, access) == missing)
        return std::unexpected(mended.error());
    return true;
}

// Between two pieces of a long transfer, outside of all services: keys and the timer are heard, and
// others run when this turn is over. interrupted: the process was killed meanwhile.
Result<void> pause(const Process& process) {
    serve_pending_interrupts();
    end_turn_if_over();
    if (process.must_end)
        return std::unexpected(Error::interrupted);
    return {};
}

// The program does not go on with a read or write that stopped after DONE bytes. MENDED: what
// came of the page that stopped it.
Answer give_up(const Process& process, std::uint64_t done, const Result<bool>& mended) {
    kernel.system.let_go(process.index());
    return mended || done != 0 ? Answer(done) : Answer(std::unexpected(mended.error()));
}

} // namespace

namespace call {

// A page that is missing interrupts the transfer, and does not shorten it; the end of the file, of
// the line or of what the pipe holds does.
Answer read(Process& process, Arguments arguments) {
    const VirtAddr start(arguments[1]);
    const std::uint64_t count = arguments[2];
    std::uint64_t done = 0;
    for (;;) {
        UserDestination destination(kernel.memory.translations[process.space], start + done);
        const auto once = [&] {
            return kernel.system.read(process.index(), descriptor_of(arguments), count - done,
                                      destination);
        };
        // Who has got something does not wait for more.
        const Result<std::uint64_t> moved =
            done == 0 ? repeat_until_possible(process, once) : once();
        if (!moved && moved.error() != Error::not_mapped)
            return done != 0 ? Result<std::uint64_t>(done) : moved;
        done += moved.value_or(0);
        if (done == count || !destination.stopped()) [[likely]]
            return done;
        const Result<bool> mended = was_mended(process, start + done, count - done, Access::store);
        if (!mended || !*mended || !pause(process))
            return give_up(process, done, mended);
    }
}

// All of it is written, though the pipe be full now and then, up to the first error.
Answer write(Process& process, Arguments arguments) {
    const VirtAddr start(arguments[1]);
    const std::uint64_t count = arguments[2];
    std::uint64_t done = 0;
    for (;;) {
        const Result<std::uint64_t> moved = repeat_until_possible(process, [&] {
            UserSource source(kernel.memory.translations[process.space], start + done);
            return kernel.system.write(process.index(), descriptor_of(arguments), count - done,
                                       source);
        });
        if (!moved && moved.error() != Error::not_mapped)
            return give_up(process, done, std::unexpected(moved.error()));
        done += moved.value_or(0);
        if (done == count) [[likely]]
            return done;
        const Result<bool> mended = was_mended(process, start + done, count - done, Access::load);
        if (!mended || !pause(process))
            return give_up(process, done, mended);
    }
}

Answer open(Process& process, Arguments arguments) {
    Path path;
    const std::string_view name = TRY(path.read(process, arguments[0], arguments[1]));
    const auto once = [&] { return kernel.system.open(process.index(), name, arguments[2]); };
    return TRY(repeat_until_possible(process, once)).raw();
}

Answer close(Process& process, Arguments arguments) {
    TRY(kernel.system.close(process.index(), descriptor_of(arguments)));
    return 0;
}

Answer dup(Process& process, Arguments arguments) {
    return TRY(kernel.system.dup(process.index(), descriptor_of(arguments))).raw();
}

// The place for the result is made ready first: nothing has to be undone.
Answer pipe(Process& process, Arguments arguments) {
    using Ends = std::array<std::uint64_t, 2>;
    TRY(mend_for(process.space, VirtAddr(arguments[0]), sizeof(Ends), Access::store));
    const unix::PipeEnds made = TRY(kernel.system.pipe(process.index()));
    TRY(write_out(process, arguments[0], Ends{made.reading.raw(), made.writing.raw()}));
    return 0;
}

Answer fstat(Process& process, Arguments arguments) {
    const abi::Stat stat = TRY(kernel.system.stat(process.index(), descriptor_of(arguments)));
    TRY(write_out(process, arguments[1], stat));
    return 0;
}

Answer seek(Process& process, Arguments arguments) {
    return repeat_until_possible(process, [&] {
        return kernel.system.seek(process.index(), descriptor_of(arguments), arguments[1]);
    });
}

Answer sync(Process&, Arguments) {
    {
        const Holding memory(kernel.memory_lock);
        TRY(kernel.memory.write_back());
    }
    const Holding files(kernel.files_lock);
    TRY(kernel.file_system.sync());
    return 0;
}

} // namespace call
