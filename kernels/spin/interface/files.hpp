// The border of the extension `files`: a file system, by numbers, views and program memory.
// SPDX-License-Identifier: MIT
//
// What unix and pager import from ../extensions/files/. Each call is services/fs's of the same name
// (services/fs/file_system.hpp, services/unix/placement.hpp: FileSystem), with the lock taken.
#pragma once

#include "kernels/spin/interface/virt_addr.hpp"

#include "services/io/buffer.hpp"
#include "services/io/file_use.hpp"

#include "abi/calls/files.hpp"

#include <string_view>

namespace files {

// A file in memory, which whoever got it holds until release.
class Inode {
public:
    constexpr Inode() = default;
    explicit constexpr Inode(std::uint64_t index) : index_(index) {}
    constexpr std::uint64_t index() const { return index_; }
    constexpr bool operator==(const Inode&) const = default;

private:
    std::uint64_t index_ = 0;
};

struct Counts {
    std::uint64_t free_blocks;
    std::uint64_t free_inodes;
    std::uint64_t inodes_in_use;
    std::uint64_t dirty_blocks;
};

// Blocks of the disk that the file system leaves alone.
struct SwapArea {
    std::uint64_t first;
    std::uint64_t count;
};

#pragma GCC visibility push(default)

Inode root();
Result<Inode> lookup(std::string_view path, Inode directory);
void hold(Inode inode);
void release(Inode inode);
Result<void> begin_use(Inode inode, io::FileUse use);
void end_use(Inode inode, io::FileUse use);
Result<abi::Stat> stat(Inode inode);
Result<std::uint64_t> read(Inode inode, std::uint64_t offset, std::uint64_t count,
                           spin::ProgramDestination& destination);
Result<std::uint64_t> read(Inode inode, std::uint64_t offset, std::uint64_t count,
                           io::BufferDestination& destination);
Result<std::uint64_t> write(Inode inode, std::uint64_t offset, std::uint64_t count,
                            spin::ProgramSource& source);
Result<std::uint64_t> append(Inode inode, std::uint64_t count, spin::ProgramSource& source);
Result<void> truncate(Inode inode, std::uint64_t size);
Result<Inode> create(std::string_view path, Inode directory, abi::FileType type,
                     std::uint16_t major, std::uint16_t minor);
Result<void> make_directory(std::string_view path, Inode directory);
Result<void> link(std::string_view existing, std::string_view path, Inode directory);
Result<void> unlink(std::string_view path, Inode directory);

Result<void> sync();
Result<void> checkpoint();
Counts counts();

// For mapped files (vm::FileSource).
Result<bool> has_page(Inode inode, std::uint64_t index);
Result<void> read_page(Inode inode, std::uint64_t index, std::uint64_t count, PageBytes page);
Result<void> write_page(Inode inode, std::uint64_t index, std::uint64_t count, PageBytes page);
Result<void> claim_page(Inode inode, std::uint64_t index);

SwapArea swap_area();

// All that whoever was here before and fell held is released, and none of its uses goes on. The
// pager holds files for its spaces: first pager::start_over.
void start_over();

#pragma GCC visibility pop

} // namespace files
