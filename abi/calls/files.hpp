// Files as programs see them: what fstat tells, what a directory holds, how a file is opened.
// SPDX-License-Identifier: MIT
//
// The same on every kernel. Plain structs of integers, so that they may cross by bytes.
#pragma once

#include <array>
#include <cstdint>

namespace abi {

enum class FileType : std::uint16_t { directory = 1, file = 2, device = 3, pipe = 4 };

struct Stat {
    std::uint64_t inode; // 0 for a pipe
    std::uint64_t size;  // bytes
    std::uint32_t links;
    FileType type;
    std::uint16_t major; // of a device
    std::uint16_t minor;
    std::uint16_t reserved;
    std::uint32_t reserved_too;
};
static_assert(sizeof(Stat) == 32);

// A directory is read as an array of these. An entry with inode 0 is free.
struct DirectoryEntry {
    static constexpr std::size_t NAME_BYTES = 59; // the longest name
    std::uint32_t inode;
    std::uint8_t length; // of the name
    std::array<char, NAME_BYTES> name;
};
static_assert(sizeof(DirectoryEntry) == 64);

inline constexpr std::size_t PATH_BYTES = 1024; // the longest path
inline constexpr std::size_t ARGUMENT_COUNT = 64;
inline constexpr std::size_t ARGUMENT_BYTES = 4096; // all arguments of an exec together

namespace open {
inline constexpr std::uint64_t READ = 0; // one of these three
inline constexpr std::uint64_t WRITE = 1;
inline constexpr std::uint64_t READ_WRITE = 2;
inline constexpr std::uint64_t CREATE = 0x200;   // make the file when there is none
inline constexpr std::uint64_t TRUNCATE = 0x400; // make it empty
inline constexpr std::uint64_t APPEND = 0x800;   // every write goes to the end
} // namespace open

// Device numbers (major) that mknod may name.
namespace device {
inline constexpr std::uint16_t CONSOLE = 1;
inline constexpr std::uint16_t NOTHING = 2; // /dev/null
inline constexpr std::uint16_t ZERO = 3;
} // namespace device

} // namespace abi
