// Copying from and to user memory, as far as the page table allows.
// SPDX-License-Identifier: MIT
#include "arch/riscv/user_memory.hpp"

#include "arch/riscv/console.hpp"

#include <algorithm>
#include <array>

namespace {

std::uint64_t rest_of_page(VirtAddr address) { return PAGE_SIZE - address.offset_in_page(); }

// Whether COUNT bytes at START do; no bytes lie nowhere.
bool lies_in_one_page(VirtAddr start, std::uint64_t count) {
    return count - 1 < rest_of_page(start);
}

// Why PAGE cannot be used.
[[gnu::cold]] std::unexpected<Error> refuse(Page page) {
    return std::unexpected(is_user_page(page) ? Error::not_mapped : Error::bad_address);
}

std::span<std::byte> bytes_at(const sv39::Pte& entry, VirtAddr address, std::uint64_t count) {
    return frame_bytes(entry.frame()).subspan(address.offset_in_page(), count);
}

// For a piece that crosses pages, or is empty: calls move(bytes of the program) for each page that
// COUNT bytes at START lie in. All are looked at before anything moves, so that a refusal moves
// nothing.
template <class Move>
[[gnu::noinline]] Result<void> with_pages(const AddressSpace& space, VirtAddr start,
                                          std::uint64_t count, Access access, Move move) {
    const VirtAddr missing = first_unreachable(space, start, count, access);
    if (missing != start + count)
        return refuse(Page::containing(missing));
    while (count != 0) {
        const sv39::Pte* const entry = space.use(Page::containing(start), access);
        const std::uint64_t part = std::min(rest_of_page(start), count);
        move(bytes_at(*entry, start, part)); // reachable a moment ago
        start = start + part;
        count -= part;
    }
    return {};
}

} // namespace

Result<void> copy_from_user(const AddressSpace& space, VirtAddr source,
                            std::span<std::byte> destination) {
    if (!lies_in_one_page(source, destination.size())) [[unlikely]]
        return with_pages(space, source, destination.size(), Access::load, [&](Bytes part) {
            copy_across_domains(destination, part);
            destination = destination.subspan(part.size());
        });
    const sv39::Pte* const entry = space.use(Page::containing(source), Access::load);
    if (entry == nullptr) [[unlikely]]
        return refuse(Page::containing(source));
    copy_across_domains(destination, bytes_at(*entry, source, destination.size()));
    return {};
}

Result<void> copy_to_user(const AddressSpace& space, VirtAddr destination, Bytes source) {
    if (!lies_in_one_page(destination, source.size())) [[unlikely]]
        return with_pages(space, destination, source.size(), Access::store,
                          [&](std::span<std::byte> part) {
                              copy_across_domains(part, source.first(part.size()));
                              source = source.subspan(part.size());
                          });
    const sv39::Pte* const entry = space.use(Page::containing(destination), Access::store);
    if (entry == nullptr) [[unlikely]]
        return refuse(Page::containing(destination));
    copy_across_domains(bytes_at(*entry, destination, source.size()), source);
    return {};
}

VirtAddr first_unreachable(const AddressSpace& space, VirtAddr start, std::uint64_t count,
                           Access access) {
    std::uint64_t done = 0;
    while (done < count && space.use(Page::containing(start + done), access) != nullptr)
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
