// Bytes between a program and what its descriptors stand for: read and write.
// SPDX-License-Identifier: MIT
//
// Part of services/unix/system.hpp, which includes it and says what each call means. The road of a
// byte through a pipe is short on purpose.
//
// One read or write is whole. What cannot be done in one go (a page of the program's has to be
// mended, the disk is slow, a pipe is full) is done by several tries of the same call, and from the
// first that gets somewhere the process holds what it reads or writes (holders.hpp):
//
//   a file, directory   against every other read and write of the same inode
//   a pipe              against the others at the same end
//   the terminal        against the others of the same way
//
// Who holds waits for the disk, or for a pipe's other end, which nobody holds for longer: never for
// another holder. The mending of a page reads and writes files, but not by these calls.
#pragma once

#include "services/unix/system.hpp"

namespace unix {

template <io::Destination D>
Result<std::uint64_t> put_zeroes(std::uint64_t count, D& destination) {
    static constexpr std::array<std::byte, 512> ZEROES{};
    std::uint64_t done = 0;
    while (done < count) {
        const std::uint64_t size = std::min<std::uint64_t>(count - done, ZEROES.size());
        const Result<void> put = destination.put(Bytes(ZEROES).first(size));
        if (!put && done == 0)
            return std::unexpected(put.error());
        if (!put)
            break;
        done += size;
    }
    return done;
}

template <FileSystem F, Placement P>
template <io::Destination D>
Result<std::uint64_t> System<F, P>::read(ProcessIndex process, Descriptor descriptor,
                                         std::uint64_t count, D& destination) {
    const OpenFileIndex index = processes_.at(process).descriptors.find(descriptor);
    const File& file = open_files_.at(index);
    if (!file.rights.can_read()) // which none has not, either
        return std::unexpected(Error::bad_descriptor);
    const bool held = !holders_.is_empty();
    if (held) [[unlikely]]
        TRY(wait_for_turn(process, index, Way::in));
    switch (file.kind) {
    case Kind::pipe: {
        const PipeIndex ring = file.pipe;
        Result<std::uint64_t> done = pipes_.read(ring, count, destination);
        if (done)
            placement_.wake(Event::writable(ring));
        else if (done.error() == Error::would_block)
            return must_wait(process, Event::readable(ring));
        if (!held && done && *done == count) [[likely]]
            return done;
        note(process, index, Way::in, progress_of(destination));
        return done;
    }
    case Kind::file:
    case Kind::directory:
        return read_file(process, index, std::min(count, MOST_BYTES), destination);
    case Kind::terminal:
        return read_terminal(process, index, count, destination);
    case Kind::zero:
        return put_zeroes(std::min(count, MOST_BYTES), destination);
    case Kind::null:
    case Kind::none:
        return 0;
    }
    return 0;
}

template <FileSystem F, Placement P>
template <io::Source S>
Result<std::uint64_t> System<F, P>::write(ProcessIndex process, Descriptor descriptor,
                                          std::uint64_t count, S& source) {
    const OpenFileIndex index = processes_.at(process).descriptors.find(descriptor);
    const File& file = open_files_.at(index);
    if (!file.rights.can_write())
        return std::unexpected(Error::bad_descriptor);
    const bool held = !holders_.is_empty();
    if (held) [[unlikely]]
        TRY(wait_for_turn(process, index, Way::out));
    switch (file.kind) {
    case Kind::pipe: {
        const PipeIndex ring = file.pipe;
        const std::uint64_t least = held && holders_.has(process) ? 1 : Pipes::ATOMIC;
        Result<std::uint64_t> done = pipes_.write(ring, count, source, least);
        if (done)
            placement_.wake(Event::readable(ring));
        else if (done.error() == Error::would_block) // and holds on, if it has written some
            return must_wait(process, Event::writable(ring));
        if (!held && done && *done == count) [[likely]]
            return done;
        note(process, index, Way::out, progress_of(done, count));
        return done;
    }
    case Kind::file:
        return write_file(process, index, count, source);
    case Kind::terminal:
        return write_terminal(process, index, count, source);
    case Kind::null:
    case Kind::zero:
        return std::min(count, MOST_BYTES);
    case Kind::directory: // never open for writing
    case Kind::none:
        return std::unexpected(Error::bad_descriptor);
    }
    return std::unexpected(Error::bad_descriptor);
}

template <FileSystem F, Placement P>
template <class InTheWay>
Result<void> System<F, P>::wait_for_holders(ProcessIndex process, InTheWay in_the_way) {
    const std::optional<Holder> holder = holders_.find([&](const Holder& candidate) {
        return candidate.process != process && in_the_way(candidate);
    });
    if (holder)
        return must_wait(process, Event::idle(holder->file));
    return {};
}

template <FileSystem F, Placement P>
[[gnu::cold, gnu::noinline]] Result<void>
System<F, P>::wait_for_turn(ProcessIndex process, OpenFileIndex index, Way way) {
    return wait_for_holders(process,
                            [&](const Holder& holder) { return excludes(holder, index, way); });
}

template <FileSystem F, Placement P>
bool System<F, P>::excludes(const Holder& holder, OpenFileIndex index, Way way) const {
    const File& held = open_files_.at(holder.file);
    const File& wanted = open_files_.at(index);
    if (wanted.kind == Kind::terminal)
        return held.kind == Kind::terminal && holder.way == way;
    return holder.file == index ||
           (wanted.has_inode && held.has_inode && wanted.inode == held.inode);
}

template <FileSystem F, Placement P>
typename System<F, P>::Progress System<F, P>::progress_of(const Result<std::uint64_t>& written,
                                                          std::uint64_t count) {
    const bool stopped = written ? *written != count : written.error() == Error::not_mapped;
    return stopped ? Progress::stopped : Progress::over;
}

template <FileSystem F, Placement P>
[[gnu::noinline]] void System<F, P>::drop_hold(ProcessIndex process) {
    if (!holders_.has(process))
        return;
    holders_.remove(process);
    placement_.wake(Event::idle(holders_.file_of(process)));
}

template <FileSystem F, Placement P>
template <io::Destination D>
[[gnu::noinline]] Result<std::uint64_t>
System<F, P>::read_terminal(ProcessIndex process, OpenFileIndex index, std::uint64_t count,
                            D& destination) {
    Result<std::uint64_t> done = terminal_.read(count, destination, placement_);
    note(process, index, Way::in, progress_of(destination));
    if (!done && done.error() == Error::would_block)
        return must_wait(process, Event::terminal());
    return done;
}

template <FileSystem F, Placement P>
template <io::Source S>
[[gnu::noinline]] Result<std::uint64_t>
System<F, P>::write_terminal(ProcessIndex process, OpenFileIndex index, std::uint64_t count,
                             S& source) {
    const std::uint64_t most = std::min(count, TERMINAL_BYTES);
    Result<std::uint64_t> done = terminal_.write(most, source, placement_);
    note(process, index, Way::out, progress_of(done, count));
    return done;
}

// The disk may be slow: nobody else moves the offset between reading it and moving it on.
template <FileSystem F, Placement P>
template <io::Destination D>
Result<std::uint64_t> System<F, P>::read_file(ProcessIndex process, OpenFileIndex index,
                                              std::uint64_t count, D& destination) {
    File& file = open_files_.at(index);
    holders_.set({process, index, Way::in});
    Result<std::uint64_t> done = files_.read(file.inode, file.offset, count, destination);
    if (done)
        file.offset += *done;
    note(process, index, Way::in, progress_of(destination));
    return done;
}

template <FileSystem F, Placement P>
template <io::Source S>
Result<std::uint64_t> System<F, P>::write_file(ProcessIndex process, OpenFileIndex index,
                                               std::uint64_t count, S& source) {
    File& file = open_files_.at(index);
    holders_.set({process, index, Way::out});
    const std::uint64_t most = std::min(count, MOST_BYTES);
    Result<std::uint64_t> done = file.appends ? files_.append(file.inode, most, source)
                                              : files_.write(file.inode, file.offset, most, source);
    if (done)
        file.offset = file.appends ? end_of(file) : file.offset + *done;
    note(process, index, Way::out, progress_of(done, count));
    return done;
}

} // namespace unix
