// User pointers: believed page by page, with the thread's own rights.
// SPDX-License-Identifier: MIT
#include "authority.hpp"

#include <algorithm>

Result<void> copy_from_thread(const Thread& thread, VirtAddr source,
                              std::span<std::byte> destination) {
    while (!destination.empty()) {
        const sv39::Pte* page = find_page(thread, Page::containing(source), Rights::read());
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
