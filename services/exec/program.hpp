// From the head of a file to what an address space needs to run it: regions, heap, stack, start.
// SPDX-License-Identifier: MIT
//
// Pure: nothing is read, mapped or loaded here. Pages of the file come with the faults that ask for
// them. Used by exec (services/calls/exec.cpp), whose road is: lay_out, vm::Service::create, the
// arguments onto the stack (arguments.hpp), the thread into the new space.
#pragma once

#include "lib/elf.hpp"
#include "services/exec/arguments.hpp"
#include "services/exec/images.hpp"
#include "services/vm/service.hpp"

namespace exec {

// An executable file that was examined: its segments keep to its slot.
struct Image {
    elf::Executable file;
    VirtAddr slot;
    vm::FileId id; // what virtual memory calls the file
};

// A file of SIZE bytes that begins with HEAD, in one of SLOTS. A program has its slot up to the
// heap, the library all of its own. malformed.
Result<Image> examine_program(Bytes head, std::uint64_t size, vm::FileId id);
Result<Image> examine_library(Bytes head, std::uint64_t size, vm::FileId id);

// What a program's address space holds before it runs.
class Layout {
public:
    // PROGRAM, and the system library beside it.
    Layout(const Image& program, const Image& library);

    std::span<const vm::Region> regions() const { return std::span(regions_).first(count_); }
    vm::HeapPlace heap() const { return heap_; }
    VirtAddr stack_end() const { return stack_end_; }

private:
    static constexpr std::size_t MOST = 2 * elf::Executable::MAX_SEGMENTS + 1; // and the stack

    void add_segments(const Image& image);

    std::array<vm::Region, MOST> regions_{};
    std::size_t count_ = 0;
    vm::HeapPlace heap_;
    VirtAddr stack_end_;
};

// The first registers of a program: it begins in the system library, which gets the program's own
// entry, the number of arguments, and where their views lie.
struct Start {
    VirtAddr pc;
    VirtAddr stack;
    std::uint64_t a0 = 0;
    std::uint64_t a1 = 0;
    std::uint64_t a2 = 0;
};
Start start_of(const Image& program, const Arguments& arguments, const Arguments::Place& place);

// The name that a program goes by: the last part of its path.
std::string_view last_part(std::string_view path);

} // namespace exec
