// Copying between a server and the memory of who waits for it.
// SPDX-License-Identifier: MIT
//
// Before: other_operation in syscall.cpp.
#include "windows.hpp"

#include "authority.hpp"
#include "kernel.hpp"

#include "lib/memory.hpp"

#include <algorithm>

namespace windows {

namespace {

bool is_within(std::uint64_t offset, std::uint64_t bytes, std::uint64_t all) {
    return offset <= all && bytes <= all - offset;
}

// The bytes of ADDRESS's page from there on, at most COUNT, if SPACE's program may ACCESS them now.
std::span<std::byte> reach(const Space& space, VirtAddr address, std::uint64_t count,
                           Access access) {
    const sv39::Pte* const entry = space.use(Page::containing(address), access);
    if (entry == nullptr)
        return {};
    const std::uint64_t offset = address.offset_in_page();
    return frame_bytes(entry->frame()).subspan(offset, std::min(count, PAGE_SIZE - offset));
}

} // namespace

Result<Window> of_message(const abi::micro::Message& message, std::uint64_t flags) {
    const std::uint64_t bytes = message.words[4];
    const VirtAddr start(message.words[3]);
    if (bytes > ~start.raw())
        return std::unexpected(Error::invalid);
    return Window{.start = start,
                  .bytes = bytes,
                  .is_readable = (flags & abi::micro::READABLE) != 0,
                  .is_writable = (flags & abi::micro::WRITABLE) != 0};
}

Result<std::uint64_t> copy(const Thread& server, std::uint64_t token, const Piece& piece,
                           Direction direction) {
    const Thread* const caller = find_caller(server, token);
    if (caller == nullptr)
        return std::unexpected(Error::no_process);
    const Window& window = caller->window;
    const bool in = direction == Direction::in;
    const Access theirs = in ? Access::load : Access::store;
    const bool is_for_this = in ? window.is_readable : window.is_writable;
    if ((caller->extras & Thread::WINDOW) == 0 || !is_for_this ||
        !is_within(piece.offset, piece.bytes, window.bytes))
        return std::unexpected(Error::not_permitted);
    std::uint64_t done = 0;
    while (done < piece.bytes) {
        const std::span own = reach(server.space, piece.own + done, piece.bytes - done,
                                    in ? Access::store : Access::load);
        if (own.empty())
            return done != 0 ? Result<std::uint64_t>(done) : std::unexpected(Error::bad_address);
        const std::span other =
            reach(caller->space, window.start + piece.offset + done, own.size(), theirs);
        if (other.empty())
            return done != 0 ? Result<std::uint64_t>(done) : std::unexpected(Error::not_mapped);
        copy_across_domains(in ? own.first(other.size()) : other,
                            in ? Bytes(other) : Bytes(own.first(other.size())));
        done += other.size();
    }
    return done;
}

} // namespace windows
