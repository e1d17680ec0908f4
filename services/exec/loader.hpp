// Loading an image into an address space, segment by segment.
// SPDX-License-Identifier: MIT
//
// Structure-neutral: what a kernel adds is the Target, which gives a zeroed, mapped page for each
// page of the image. Called by the boot loader (boot_loader.hpp), and by SPIN for extensions.
#pragma once

#include "lib/elf.hpp"
#include "lib/memory.hpp"

#include <algorithm>
#include <concepts>

namespace exec {

template <class T>
concept Target = requires(T& target, Page page, Rights rights) {
    // Maps a fresh zeroed frame at PAGE, for the program with RIGHTS, and shows its bytes to the
    // loader.
    { target.fresh_page(page, rights) } -> std::same_as<Result<PageBytes>>;
};

template <Target T>
Result<void> load_segment(T& target, const elf::Segment& segment) {
    for (std::uint64_t at = 0; at < segment.memory_bytes; at += PAGE_SIZE) {
        const PageBytes page =
            TRY(target.fresh_page(Page::containing(segment.start + at), segment.rights));
        if (at < segment.file.size())
            copy_across_domains(
                page, segment.file.subspan(at, std::min(PAGE_SIZE, segment.file.size() - at)));
    }
    return {};
}

// Loads the executable FILE, which must keep to SLOT, and returns its entry. malformed; whatever
// the target says. On an error TARGET keeps what it has got so far; its owner frees it as a whole.
template <Target T>
Result<VirtAddr> load_image(T& target, Bytes file, elf::Slot slot) {
    const elf::Executable image = TRY(elf::Executable::parse(file, slot));
    for (const elf::Segment& segment : image.segments())
        TRY(load_segment(target, segment));
    return image.entry();
}

// A stack of BYTES (whole pages) that ends at END and is there from the start.
template <Target T>
Result<void> add_stack(T& target, VirtAddr end, std::uint64_t bytes) {
    const Page first = Page::containing(VirtAddr(end.raw() - bytes));
    for (std::uint64_t i = 0; i < pages_to_hold(bytes); ++i)
        TRY(target.fresh_page(first + i, Rights::read_write()));
    return {};
}

} // namespace exec
