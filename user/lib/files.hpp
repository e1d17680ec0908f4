// Files, directories, pipes and the console: the API's part about descriptors (os.hpp).
// SPDX-License-Identifier: MIT
//
// A descriptor is a small number of the process's own; 0, 1 and 2 are input, output and error. Up
// to 32 are open at a time (-TOO_MANY); one that is not open is -BAD_DESCRIPTOR in every call. A
// path begins at the root with `/`, otherwise in the current directory; its parts have up to 59
// bytes (-NAME_TOO_LONG), all of it up to 1,024 (-TOO_LARGE), none of them zero (-INVALID). What is
// not there is -NOT_FOUND, and no directory on the way -NOT_DIRECTORY. A bad address is -FAULT in
// every call, and nothing else happens then; only a read or write that has moved some bytes before
// it meets one returns how many.
#pragma once

#include "user/lib/calls.hpp"

#include "abi/calls/files.hpp"

#include <array>
#include <span>
#include <string_view>

namespace os {

using abi::DirectoryEntry;
using abi::FileType;
using abi::Stat;

inline constexpr std::int64_t INPUT = 0;
inline constexpr std::int64_t OUTPUT = 1;
inline constexpr std::int64_t ERROR = 2;

// How to open: one of the first three, with any of the rest added by `|`.
inline constexpr std::uint64_t READ = abi::open::READ;
inline constexpr std::uint64_t WRITE = abi::open::WRITE;
inline constexpr std::uint64_t READ_WRITE = abi::open::READ_WRITE;
inline constexpr std::uint64_t CREATE = abi::open::CREATE;
inline constexpr std::uint64_t TRUNCATE = abi::open::TRUNCATE;
inline constexpr std::uint64_t APPEND = abi::open::APPEND;

// Opens PATH: the lowest free descriptor. -IS_DIRECTORY (to write, or with CREATE); -TOO_MANY;
// -NO_SPACE (no inode or block left to create it); -BUSY (to write: it is a program that runs);
// -INVALID (no such flags; TRUNCATE or APPEND without writing); -NO_CALL (a device that this kernel
// has not).
inline std::int64_t open(std::string_view path, std::uint64_t flags = READ) {
    return os_open(path.data(), path.size(), flags);
}

// -BAD_DESCRIPTOR.
inline std::int64_t close(std::int64_t descriptor) { return os_close(descriptor); }

// Reads up to SPACE's bytes: how many came; 0 at the end of a file, or of a pipe that nobody can
// write to any more. Waits for the first byte only. -BAD_DESCRIPTOR, also when it is not open for
// reading; -INPUT_OUTPUT.
inline std::int64_t read(std::int64_t descriptor, std::span<char> space) {
    return os_read(descriptor, space.data(), space.size());
}
inline std::int64_t read(std::int64_t descriptor, std::span<std::byte> space) {
    return os_read(descriptor, space.data(), space.size());
}

// Writes TEXT, and nobody else's bytes come in between: how many went. Fewer than all only when
// something went wrong after these, such as a full disk; the next write tells what.
// -BAD_DESCRIPTOR, also when it is not open for writing; -BROKEN_PIPE: nobody is left to read;
// -NO_SPACE; -TOO_LARGE: beyond a file's largest size; -INPUT_OUTPUT.
inline std::int64_t write(std::int64_t descriptor, std::string_view text) {
    return os_write(descriptor, text.data(), text.size());
}
inline std::int64_t write(std::int64_t descriptor, std::span<const std::byte> bytes) {
    return os_write(descriptor, bytes.data(), bytes.size());
}
// To the output.
inline std::int64_t write(std::string_view text) { return write(OUTPUT, text); }

// Another descriptor, the lowest free one, for the same open file: they share its offset.
// -TOO_MANY.
inline std::int64_t dup(std::int64_t descriptor) { return os_dup(descriptor); }

// A pipe of 4,096 bytes: ENDS[0] reads what ENDS[1] wrote. -TOO_MANY.
inline std::int64_t pipe(std::array<std::int64_t, 2>& ends) { return os_pipe(ends.data()); }

// Sets the offset of the next read or write, in bytes from the start: OFFSET. -INVALID: no file or
// directory, or 2^63 or more.
inline std::int64_t seek(std::int64_t descriptor, std::uint64_t offset) {
    return os_seek(descriptor, offset);
}

// What is open there. A directory is read as DirectoryEntry after DirectoryEntry.
inline std::int64_t fstat(std::int64_t descriptor, Stat& stat) {
    return os_fstat(descriptor, &stat);
}

// A new directory. -EXISTS; -NO_SPACE.
inline std::int64_t mkdir(std::string_view path) { return os_mkdir(path.data(), path.size()); }

// A device under a name (abi::device). Errors as of mkdir.
inline std::int64_t mknod(std::string_view path, std::uint16_t major, std::uint16_t minor) {
    return os_mknod(path.data(), path.size(), major, minor);
}

// One more name for a file or device. -EXISTS; -PERMISSION: a directory; -NO_SPACE.
inline std::int64_t link(std::string_view old_path, std::string_view new_path) {
    return os_link(old_path.data(), old_path.size(), new_path.data(), new_path.size());
}

// Takes the name away. The file itself goes with its last name and its last descriptor, mapping or
// process that runs it. Also for an empty directory; -NOT_EMPTY for another one; -INVALID: `.` and
// `..`; -PERMISSION: the root.
inline std::int64_t unlink(std::string_view path) { return os_unlink(path.data(), path.size()); }

// From now on paths begin in PATH. -NOT_DIRECTORY.
inline std::int64_t chdir(std::string_view path) { return os_chdir(path.data(), path.size()); }

// 0, when everything that was written before is on the disk and would outlive a power cut.
// -INPUT_OUTPUT; -NO_SPACE: a page of a mapped file that was cut under its mapping.
inline std::int64_t sync() { return os_sync(); }

// How the console is read: whole lines, shown and mended as they are typed, or every byte as it
// comes. The mode before, as a number.
enum class Terminal : std::uint64_t { lines = 0, bytes = 1 };
inline std::int64_t terminal(Terminal mode) {
    return os_terminal(static_cast<std::uint64_t>(mode));
}

// Standard output as a sink for lib/print.hpp.
struct Output {
    void put(std::string_view text) { os::write(text); }
};

} // namespace os
