// Copying from and to user memory, as far as the page table allows.
// SPDX-License-Identifier: MIT
#include "arch/riscv/user_memory.hpp"

#include "arch/riscv/console.hpp"

#include <algorithm>
#include <array>

namespace {

std::uint64_t rest_of_page(VirtAddr address) { return PAGE_SIZE - address.offset_in_page(); }

// Calls move(bytes of the program) for each page that COUNT bytes at START lie in. Every page but
// the first is looked at before anything moves, so that a refusal moves nothing.
template <class Move>
Result<void> with_user_pages(const AddressSpace& space, VirtAddr start, std::uint64_t count,
                             Access access, Move move) {
    for (std::uint64_t done = rest_of_page(start); done < count; done += PAGE_SIZE)
        TRY(space.reach(Page::containing(start + done), access));
    while (count != 0) {
        const PageBytes page = TRY(space.reach(Page::containing(start), access));
        const std::uint64_t part = std::min(rest_of_page(start), count);
        move(page.subspan(start.offset_in_page(), part));
        start = start + part;
        count -= part;
    }
    return {};
}

} // namespace

Result<void> copy_from_user(const AddressSpace& space, VirtAddr source,
                            std::span<std::byte> destination) {
    return with_user_pages(space, source, destination.size(), Access::load,
                           [&](std::span<const std::byte> part) {
                               copy_across_domains(destination, part);
                               destination = destination.subspan(part.size());
                           });
}

Result<void> copy_to_user(const AddressSpace& space, VirtAddr destination, Bytes source) {
    return with_user_pages(space, destination, source.size(), Access::store,
                           [&](std::span<std::byte> part) {
                               copy_across_domains(part, source.first(part.size()));
                               source = source.subspan(part.size());
                           });
}

VirtAddr first_unreachable(const AddressSpace& space, VirtAddr start, std::uint64_t count,
                           Access access) {
    std::uint64_t done = 0;
    while (done < count && space.reach(Page::containing(start + done), access))
        done += rest_of_page(start + done);
    return start + std::min(done, count);
}

Result<void> print_from_user(const AddressSpace& space, VirtAddr source, std::uint64_t count) {
    Console console;
    std::array<std::byte, 64> piece;
    for (std::uint64_t done = 0; done < count;) {
        const std::span part = std::span(piece).first(std::min(count - done, piece.size()));
        if (!copy_from_user(space, source + done, part))
            return std::unexpected(Error::bad_address);
        console.put({reinterpret_cast<const char*>(part.data()), part.size()});
        done += part.size();
    }
    return {};
}
