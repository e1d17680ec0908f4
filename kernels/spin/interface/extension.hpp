// What every extension has to do with the kernel: its start, its end, and the interface's version.
// SPDX-License-Identifier: MIT
//
// The kernel's side of it is ../extension.cpp.
#pragma once

#include "kernels/spin/interface/translation.hpp"

#include <cstddef>
#include <cstdint>
#include <new>
#include <span>
#include <string_view>

namespace spin {

// A program that the kernel has loaded for the extension, which is to page it.
struct Program {
    TranslationContext context; // of none, if there is no program for it
    VirtAddr heap_start;        // the heap may grow from here
    VirtAddr heap_limit;        // up to here
};

} // namespace spin

extern "C" {

// The one name that an extension exports: called once, before PROGRAM runs. It installs handlers,
// and takes its frames from FRAMES. An error means that the program cannot start.
Result<void> extension_start(spin::FrameQuota frames, const spin::Program& program);

// A run-time check of the extension failed: says whose and WHY, and takes the extension away.
[[noreturn]] void extension_failed(std::string_view why);

// BYTES bytes of memory for the extension's tables, from a page boundary on, zeroed: where a size
// is known only when the extension starts. They go with it. REFERENCE's quota pays, in the
// kernel's frames. no_memory; not_permitted: the quota is none.
Result<std::span<std::byte>> extension_memory(spin::FrameQuota reference, std::uint64_t bytes);

// TEXT on the console; a new line starts at the left.
void console_write(std::string_view text);
}

namespace spin {

// COUNT objects of type T in memory of their own: what `new T[count]` is in SPIN's language.
template <class T>
Result<std::span<T>> make_table(FrameQuota quota, std::uint64_t count) {
    if (count > UINT64_MAX / sizeof(T))
        return std::unexpected(Error::no_memory);
    const std::span<std::byte> room = TRY(extension_memory(quota, count * sizeof(T)));
    T* const first = reinterpret_cast<T*>(room.data());
    for (std::uint64_t i = 0; i < count; ++i)
        new (first + i) T();
    return std::span<T>(first, count);
}
} // namespace spin
