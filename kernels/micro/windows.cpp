// Copies between a server and a caller that waits for it.
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

// Whose memory it is in the end, and where there.
struct Place {
    const Space& space;
    VirtAddr start;
};

// What SERVER may reach for ACCESS of who waits under TOKEN. A window that was passed on is a piece
// of another one, whose owner must wait for who passed it on. Programs call UNIX, that calls the
// file server, and that the driver: a longer chain is nobody's.
Result<Place> find_place(const Thread& server, std::uint64_t token, std::uint64_t offset,
                         std::uint64_t bytes, Access access) {
    constexpr int LONGEST_CHAIN = 4;
    const Thread* asker = &server;
    for (int link = 0; link < LONGEST_CHAIN; ++link) {
        const Thread* const caller = find_caller(*asker, token);
        if (caller == nullptr)
            return std::unexpected(Error::no_process);
        if ((caller->extras & Thread::WINDOW) == 0)
            return std::unexpected(Error::not_permitted);
        if ((caller->extras & Thread::WHOLE) != 0) {
            if (!is_within(offset, bytes, USER_END))
                return std::unexpected(Error::not_permitted);
            return Place{*caller->space, VirtAddr(offset)};
        }
        const Window& window = caller->window;
        const bool may = access == Access::store ? window.is_writable : window.is_readable;
        if (!may || !is_within(offset, bytes, window.bytes))
            return std::unexpected(Error::not_permitted);
        offset += window.start;
        if ((caller->extras & Thread::PASSED_ON) == 0)
            return Place{*caller->space, VirtAddr(offset)};
        token = window.owner;
        asker = caller;
    }
    return std::unexpected(Error::not_permitted);
}

// The bytes of ADDRESS's page from there on, at most COUNT, if SPACE's program may ACCESS them now.
std::span<std::byte> bytes_at(const Space& space, VirtAddr address, std::uint64_t count,
                              Access access) {
    const sv39::Pte* const entry = space.use(Page::containing(address), access);
    if (entry == nullptr)
        return {};
    const std::uint64_t offset = address.offset_in_page();
    return frame_bytes(entry->frame()).subspan(offset, std::min(count, PAGE_SIZE - offset));
}

} // namespace

Result<Window> of_message(const abi::micro::Message& message, std::uint64_t flags) {
    const std::uint64_t start = message.words[3];
    const std::uint64_t bytes = message.words[4];
    if (bytes > ~start)
        return std::unexpected(Error::invalid);
    return Window{.start = start,
                  .bytes = bytes,
                  .owner = message.words[2],
                  .is_readable = (flags & abi::micro::READABLE) != 0,
                  .is_writable = (flags & abi::micro::WRITABLE) != 0};
}

Result<std::uint64_t> copy(const Thread& server, std::uint64_t token, const Piece& piece,
                           Direction direction) {
    const bool in = direction == Direction::in;
    const Access theirs = in ? Access::load : Access::store;
    const Place place = TRY(find_place(server, token, piece.offset, piece.bytes, theirs));
    std::uint64_t done = 0;
    while (done < piece.bytes) {
        const std::span own = bytes_at(*server.space, piece.own + done, piece.bytes - done,
                                       in ? Access::store : Access::load);
        if (own.empty())
            return done != 0 ? Result<std::uint64_t>(done) : std::unexpected(Error::bad_address);
        const std::span other = bytes_at(place.space, place.start + done, own.size(), theirs);
        if (other.empty())
            return done != 0 ? Result<std::uint64_t>(done) : std::unexpected(Error::not_mapped);
        copy_across_domains(in ? own.first(other.size()) : other,
                            in ? Bytes(other) : Bytes(own.first(other.size())));
        done += other.size();
    }
    return done;
}

Result<std::uint64_t> reach(const Thread& server, std::uint64_t token, std::uint64_t offset,
                            std::uint64_t bytes, Access access) {
    const Place place = TRY(find_place(server, token, offset, bytes, access));
    return first_unreachable(place.space, place.start, bytes, access).raw() - place.start.raw();
}

Result<Frame> frame_behind(const Thread& server, std::uint64_t token, std::uint64_t offset,
                           Access access) {
    const Place place = TRY(find_place(server, token, offset, PAGE_SIZE, access));
    if (place.start.offset_in_page() != 0)
        return std::unexpected(Error::invalid);
    const sv39::Pte* const entry = place.space.use(Page::containing(place.start), access);
    if (entry == nullptr)
        return std::unexpected(Error::not_mapped);
    return entry->frame();
}

} // namespace windows
