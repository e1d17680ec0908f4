// Making a process of a file: exec.
// SPDX-License-Identifier: MIT
#pragma once

#include "files.hpp"
#include "lock.hpp"
#include "task.hpp"

#include "abi/calls/files.hpp"
#include "abi/calls/system_calls.hpp"
#include "lib/elf.hpp"
#include "lib/memory.hpp"

#include <array>
#include <string_view>

// A program's arguments on their way from one address space to the next.
class ArgumentList {
public:
    void clear() { used_ = count_ = 0; }
    // too_large: more than abi::ARGUMENT_COUNT texts, or more than abi::ARGUMENT_BYTES in all.
    Result<void> add(std::string_view text);
    // Room for one more text of BYTES, to be filled in. too_large, as above.
    Result<std::span<std::byte>> add_room(std::uint64_t bytes);

    std::size_t count() const { return count_; }
    // All texts, one behind the other.
    Bytes bytes() const { return std::span(bytes_).first(used_); }
    // How the texts lie when their first byte stands at START.
    std::array<abi::TextView, abi::ARGUMENT_COUNT> views(VirtAddr start) const;

private:
    std::array<std::byte, abi::ARGUMENT_BYTES> bytes_{};
    std::array<std::uint16_t, abi::ARGUMENT_COUNT> sizes_{};
    std::uint16_t used_ = 0;
    std::uint16_t count_ = 0;
};

// What one exec at a time works with, under its lock; and what all programs share.
struct Exec {
    SleepingLock lock;
    ArgumentList arguments;
    std::array<std::byte, elf::HEAD_BYTES> head{}; // of the file
    Files::Inode library;                          // the system library, held from boot on
    elf::Executable library_file;
};

// Puts the program PATH, with the arguments of kernel.exec (whose lock is held), in the place of
// PROCESS's own; its next return to user mode begins it. not_found and what else the file system
// says; malformed: no program of this system; is_directory; not_permitted: a device; no_memory;
// too_many; busy: somebody has the file open for writing, or mapped so. The process goes on as it
// was then.
Result<void> exec_program(Process& process, std::string_view path);

// Finds the system library on the disk, once, at boot. not_found; malformed; ...
Result<void> find_library();
