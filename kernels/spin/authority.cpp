// User pointers: believed page by page, with the program's own rights.
// SPDX-License-Identifier: MIT
#include "authority.hpp"

#include <algorithm>

Result<void> copy_from_program(const Space& space, VirtAddr source,
                               std::span<std::byte> destination) {
    while (!destination.empty()) {
        const PageBytes page = TRY(space.user_page(Page::containing(source), Rights::read()));
        const std::uint64_t offset = source.offset_in_page();
        const std::uint64_t count = std::min(PAGE_SIZE - offset, destination.size());
        copy_across_domains(destination, page.subspan(offset, count));
        source = source + count;
        destination = destination.subspan(count);
    }
    return {};
}
