// What the UNIX service needs of its surroundings: a file system, and someone who wakes sleepers.
// SPDX-License-Identifier: MIT
#pragma once

#include "services/io/file_use.hpp"
#include "services/io/transfer.hpp"
#include "services/unix/names.hpp"

#include "abi/calls/files.hpp"

#include <concepts>
#include <string_view>

namespace unix {

// The kernel, or the server's loop, around the service.
template <class P>
concept Placement = requires(P& placement, Event event, ProcessIndex process,
                             std::string_view text) {
    // Every process that waits for EVENT tries again.
    placement.wake(event);
    // PROCESS was killed: if it waits for an Event or for time (not for a device), it goes on, and
    // finds out by killed().
    placement.interrupt(process);
    // Puts TEXT on the terminal's screen.
    placement.put(text);
};

// Bytes from and to nowhere, for the concept to ask with.
struct NoBytes {
    Result<void> put(Bytes) { return {}; }
    Result<void> get(std::span<std::byte>) { return {}; }
    std::uint64_t next() const { return 0; }
    bool stopped() const { return false; }
};

// services/fs is one. An Inode names a file in memory; who got one holds it until release. Paths go
// from DIRECTORY, or from the root when they begin with '/'. Any call may wait for the disk, and
// the service may be entered by other processes then.
template <class F>
concept FileSystem = requires(F& files, typename F::Inode inode, typename F::Inode directory,
                              std::string_view path, std::uint64_t number, NoBytes& bytes,
                              abi::FileType type, std::uint16_t device, io::FileUse use) {
    requires std::default_initializable<typename F::Inode>;
    requires std::equality_comparable<typename F::Inode>;
    { files.root() } -> std::same_as<typename F::Inode>;                          // held
    { files.lookup(path, directory) } -> std::same_as<Result<typename F::Inode>>; // held
    files.hold(inode);
    files.release(inode);
    // INODE, held, is written to, or run. busy: by others it is run, or written to.
    { files.begin_use(inode, use) } -> std::same_as<Result<void>>;
    files.end_use(inode, use);
    { files.stat(inode) } -> std::same_as<Result<abi::Stat>>;
    // Bytes moved; an error only when none was.
    { files.read(inode, number, number, bytes) } -> std::same_as<Result<std::uint64_t>>;
    { files.write(inode, number, number, bytes) } -> std::same_as<Result<std::uint64_t>>;
    // The same at the end, wherever that is by then.
    { files.append(inode, number, bytes) } -> std::same_as<Result<std::uint64_t>>;
    { files.truncate(inode, number) } -> std::same_as<Result<void>>;
    // A file or a device, held. exists: something has the name.
    {
        files.create(path, directory, type, device, device)
        } -> std::same_as<Result<typename F::Inode>>;
    { files.make_directory(path, directory) } -> std::same_as<Result<void>>;
    { files.link(path, path, directory) } -> std::same_as<Result<void>>;
    { files.unlink(path, directory) } -> std::same_as<Result<void>>;
};

} // namespace unix
