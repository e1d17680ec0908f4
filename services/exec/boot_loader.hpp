// The boot loader: the first program, its system library and servers, from the initial RAM disk.
// SPDX-License-Identifier: MIT
//
// For kernels whose first images are wired: all of each is loaded, and no page of it ever goes.
// What a kernel adds is a Target for each address space (loader.hpp). Before: kernel_main
// (boot.cpp) calls the kernel's task.cpp, which calls this. Next: there, the first thread's
// registers.
#pragma once

#include "services/exec/images.hpp"
#include "services/exec/loader.hpp"
#include "services/exec/report.hpp"

namespace exec {

// Where a kernel's images are: programs in `bin`, its own ones in the directory OWN.
struct BootFiles {
    Bytes disk;
    std::string_view own;
};

// The file that could not be loaded, and why.
struct NotLoaded {
    std::string_view directory;
    std::string_view file;
    Error why;
};
template <class T>
using Loaded = std::expected<T, NotLoaded>;

template <Sink S>
void report(S& sink, std::string_view program, const NotLoaded& missing) {
    report_no_start(sink, program, missing.directory, missing.file, missing.why);
}

inline std::unexpected<NotLoaded> not_loaded(std::string_view directory, std::string_view file,
                                             Error why) {
    return std::unexpected(NotLoaded{directory, file, why});
}

// STEP, which was done for the sake of DIRECTORY/FILE.
template <class T>
Loaded<T> on_behalf_of(std::string_view directory, std::string_view file,
                       const std::expected<T, Error>& step) {
    if (!step)
        return not_loaded(directory, file, step.error());
    return *step;
}

// What stands in SLOT: an image, and a stack at the slot's end.
struct WiredImage {
    VirtAddr slot;
    VirtAddr entry;

    VirtAddr heap_start() const { return slot + HEAP_OFFSET; }
    VirtAddr heap_limit() const { return slot + HEAP_LIMIT; }
    VirtAddr stack_end() const { return slot + STACK_END; }
};

// FILE and a stack into SLOT. The image keeps to the first ROOM bytes. As load_image.
template <Target T>
Result<WiredImage> load_wired(T& target, Bytes file, VirtAddr slot, std::uint64_t room) {
    const VirtAddr entry = TRY(load_image(target, file, {slot, room}));
    const WiredImage image{slot, entry};
    TRY(add_stack(target, image.stack_end(), STACK_SIZE));
    return image;
}

template <Target T>
Result<VirtAddr> load_library(T& target, const BootFiles& files) {
    const Bytes file = TRY(find_image(files.disk, files.own, "library"));
    return load_image(target, file, {LIBRARIES.first, LIBRARIES.bytes});
}

template <Target T>
Result<WiredImage> load_program(T& target, const BootFiles& files, std::string_view name) {
    const Bytes file = TRY(find_image(files.disk, "bin", name));
    return load_wired(target, file, TRY(slot_of(file, PROGRAMS)), HEAP_OFFSET);
}

// The system library, and the program bin/NAME beside it. The program begins in the library
// (LIBRARY_BASE), which gets the entry that this returns.
template <Target T>
Loaded<WiredImage> load_first_program(T& target, const BootFiles& files, std::string_view name) {
    constexpr std::string_view LIBRARY = "library";
    constexpr std::string_view PROGRAMS_ARE_IN = "bin";
    TRY(on_behalf_of(files.own, LIBRARY, load_library(target, files)));
    return on_behalf_of(PROGRAMS_ARE_IN, name, load_program(target, files, name));
}

// The server NAME, one of the kernel's own files, into SLOT.
template <Target T>
Result<WiredImage> load_server(T& target, const BootFiles& files, std::string_view name,
                               VirtAddr slot) {
    const Bytes file = TRY(find_image(files.disk, files.own, name));
    return load_wired(target, file, slot, STACK_END - STACK_SIZE);
}

} // namespace exec
