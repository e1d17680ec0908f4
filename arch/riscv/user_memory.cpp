// Copying from user memory, as far as the page table allows.
// SPDX-License-Identifier: MIT
#include "arch/riscv/user_memory.hpp"

#include "arch/riscv/console.hpp"

#include <algorithm>
#include <array>

Result<void> copy_from_user(const AddressSpace& space, VirtAddr source,
                            std::span<std::byte> destination) {
    while (!destination.empty()) {
        const sv39::Pte* const page = space.find(Page::containing(source), Rights::read());
        if (page == nullptr)
            return std::unexpected(Error::bad_address);
        const std::uint64_t offset = source.offset_in_page();
        const std::uint64_t count = std::min(PAGE_SIZE - offset, destination.size());
        copy_across_domains(destination, frame_bytes(page->frame()).subspan(offset, count));
        source = source + count;
        destination = destination.subspan(count);
    }
    return {};
}

Result<void> print_from_user(const AddressSpace& space, VirtAddr source, std::uint64_t count) {
    Console console;
    std::array<std::byte, 64> piece;
    for (std::uint64_t done = 0; done < count;) {
        const std::span part = std::span(piece).first(std::min(count - done, piece.size()));
        TRY(copy_from_user(space, source + done, part));
        console.put({reinterpret_cast<const char*>(part.data()), part.size()});
        done += part.size();
    }
    return {};
}
