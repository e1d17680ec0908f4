// The memory of a caller that waits, as the two ends of a transfer (io::Destination, io::Source).
// SPDX-License-Identifier: MIT
//
// Before: a server, with a message that has a window (abi/micro/ipc.hpp). Next: the kernel's
// windows.cpp, which copies.
#pragma once

#include "kernels/micro/library/ipc.hpp"

#include "lib/address.hpp"
#include "lib/codec.hpp"
#include "lib/fault.hpp"

#include <cstddef>
#include <span>

namespace micro {

// The window of the caller that waits under TOKEN. Addresses in it are offsets.
struct Window {
    std::uint64_t token = abi::micro::NOBODY;
};

// All or, in an error, nothing that counts. not_mapped: the caller's page is not there now;
// bad_address: the window ends before that; no_process: the caller has gone. As numbers not_mapped
// and bad_address are one (abi/errors.hpp); a server's own memory is always there, so it is the
// caller's that is not.
inline Result<void> copy_whole(Operation operation, Window window, VirtAddr offset,
                               const std::byte* own, std::size_t bytes) {
    std::size_t done = 0;
    while (done < bytes) {
        const Result<std::uint64_t> copied =
            to_result(kernel_call(operation, window.token, offset.raw() + done,
                                  reinterpret_cast<std::uint64_t>(own) + done, bytes - done));
        if (!copied && copied.error() == Error::bad_address)
            return std::unexpected(Error::not_mapped);
        if (!copied && copied.error() == Error::not_permitted)
            return std::unexpected(Error::bad_address);
        done += TRY(copied);
    }
    return {};
}
inline Result<void> copy_to_user(Window window, VirtAddr offset, Bytes source) {
    return copy_whole(Operation::copy_out, window, offset, source.data(), source.size());
}
inline Result<void> copy_from_user(Window window, VirtAddr offset,
                                   std::span<std::byte> destination) {
    return copy_whole(Operation::copy_in, window, offset, destination.data(), destination.size());
}

// A caller's memory, from an offset in its window on: what both ends of a transfer know of it.
class CallerMemory {
public:
    CallerMemory(std::uint64_t token, VirtAddr start) : token_(token), start_(start) {}
    std::uint64_t token() const { return token_; }
    VirtAddr start() const { return start_; }
    std::uint64_t next() const { return next_; }
    bool stopped() const { return stopped_; }
    // Where the next piece belongs.
    VirtAddr place() const { return start_ + next_; }

    // For a server that passed the window on: somebody else moved BYTES, or was stopped by a page
    // that is not there.
    void note_moved(std::uint64_t bytes) { next_ += bytes; }
    void note_stopped() { stopped_ = true; }

protected:
    // COPIED: how the copy of a piece of BYTES ended. A piece that could not be moved wholly was
    // not moved at all.
    Result<void> note(Result<void> copied, std::size_t bytes) {
        if (copied)
            next_ += bytes;
        else
            stopped_ = copied.error() == Error::not_mapped;
        return copied;
    }

private:
    std::uint64_t token_;
    VirtAddr start_;
    std::uint64_t next_ = 0;
    bool stopped_ = false;
};

// What is read from a program is put into the window of whoever asked, which may be the program's,
// passed on.
class CallerDestination : public CallerMemory {
public:
    using CallerMemory::CallerMemory;
    Result<void> put(Bytes piece) {
        return note(copy_to_user({token()}, place(), piece), piece.size());
    }
};
class CallerSource : public CallerMemory {
public:
    using CallerMemory::CallerMemory;
    Result<void> get(std::span<std::byte> piece) {
        return note(copy_from_user({token()}, place(), piece), piece.size());
    }
};

// How many of BYTES from OFFSET on a copy could reach now for ACCESS. no_process.
inline Result<std::uint64_t> reach(Window window, VirtAddr offset, std::uint64_t bytes,
                                   Access access) {
    return to_result(kernel_call(Operation::reach, window.token, offset.raw(), bytes,
                                 static_cast<std::uint64_t>(access)));
}

} // namespace micro
