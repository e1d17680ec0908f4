// Bytes between a program and what its descriptors stand for: read and write.
// SPDX-License-Identifier: MIT
//
// Part of services/unix/system.hpp, which includes it and says what each call means. The road of a
// byte through a pipe is short on purpose.
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
    switch (file.kind) {
    case Kind::pipe: {
        const PipeIndex ring = file.pipe;
        Result<std::uint64_t> done = pipes_.read(ring, count, destination);
        if (done)
            placement_.wake(Event::writable(ring));
        else if (done.error() == Error::would_block)
            return must_wait(process, Event::readable(ring));
        return done;
    }
    case Kind::file:
    case Kind::directory:
        return read_file(process, index, std::min(count, MOST_BYTES), destination);
    case Kind::terminal: {
        Result<std::uint64_t> done = terminal_.read(count, destination, placement_);
        if (!done && done.error() == Error::would_block)
            return must_wait(process, Event::terminal());
        return done;
    }
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
    switch (file.kind) {
    case Kind::pipe: {
        const PipeIndex ring = file.pipe;
        Result<std::uint64_t> done = pipes_.write(ring, count, source);
        if (done)
            placement_.wake(Event::readable(ring));
        else if (done.error() == Error::would_block)
            return must_wait(process, Event::writable(ring));
        return done;
    }
    case Kind::file:
        return write_file(process, index, std::min(count, MOST_BYTES), source);
    case Kind::terminal:
        return terminal_.write(std::min(count, TERMINAL_BYTES), source, placement_);
    case Kind::null:
    case Kind::zero:
        return std::min(count, MOST_BYTES);
    case Kind::directory: // never open for writing
    case Kind::none:
        return std::unexpected(Error::bad_descriptor);
    }
    return std::unexpected(Error::bad_descriptor);
}

// Nobody else moves the offset between reading it and moving it on, though the disk be slow.
template <FileSystem F, Placement P>
template <io::Destination D>
Result<std::uint64_t> System<F, P>::read_file(ProcessIndex process, OpenFileIndex index,
                                              std::uint64_t count, D& destination) {
    File& file = open_files_.at(index);
    if (file.use == File::Use::busy)
        return must_wait(process, Event::idle(index));
    file.use = File::Use::busy;
    Result<std::uint64_t> done = files_.read(file.inode, file.offset, count, destination);
    file.use = File::Use::idle;
    if (done)
        file.offset += *done;
    placement_.wake(Event::idle(index));
    return done;
}

template <FileSystem F, Placement P>
template <io::Source S>
Result<std::uint64_t> System<F, P>::write_file(ProcessIndex process, OpenFileIndex index,
                                               std::uint64_t count, S& source) {
    File& file = open_files_.at(index);
    if (file.use == File::Use::busy)
        return must_wait(process, Event::idle(index));
    file.use = File::Use::busy;
    Result<std::uint64_t> done = file.appends
                                     ? files_.append(file.inode, count, source)
                                     : files_.write(file.inode, file.offset, count, source);
    file.use = File::Use::idle;
    if (done)
        file.offset = file.appends ? end_of(file) : file.offset + *done;
    placement_.wake(Event::idle(index));
    return done;
}

} // namespace unix
