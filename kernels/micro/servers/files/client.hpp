// The file server, as those see it who hold a capability for it: unix::FileSystem, and pages.
// SPDX-License-Identifier: MIT
//
// Each call is one message, and services/fs's of the same name (services/fs/file_system.hpp). What
// a program reads or writes is copied once, between the cache of the file server and the program:
// UNIX passes the program's window on. no_process is no word of a file system: where the file
// server has gone, everything is input_output.
#pragma once

#include "kernels/micro/library/windows.hpp"

#include "services/io/buffer.hpp"
#include "services/unix/placement.hpp"

#include <array>

namespace files {

// What the file server is asked. Words 3 and 4 are the window's; an answer's words are in brackets.
namespace label {
inline constexpr std::uint64_t ROOT = 1;            // () [inode]
inline constexpr std::uint64_t LOOKUP = 2;          // (directory; window: path) [inode]
inline constexpr std::uint64_t HOLD = 3;            // (inode)
inline constexpr std::uint64_t RELEASE = 4;         // (inode)
inline constexpr std::uint64_t BEGIN_USE = 5;       // (inode, io::FileUse)
inline constexpr std::uint64_t END_USE = 6;         // (inode, io::FileUse)
inline constexpr std::uint64_t STAT = 7;            // (inode) [an abi::Stat: four words]
inline constexpr std::uint64_t READ = 8;            // (inode, offset; window: bytes) [moved, END]
inline constexpr std::uint64_t WRITE = 9;           // (inode, offset; window: bytes) [moved, END]
inline constexpr std::uint64_t APPEND = 10;         // (inode; window: bytes) [moved, END]
inline constexpr std::uint64_t TRUNCATE = 11;       // (inode, size)
inline constexpr std::uint64_t CREATE = 12;         // (directory, a NewFile; window: path) [inode]
inline constexpr std::uint64_t MAKE_DIRECTORY = 13; // (directory; window: path)
inline constexpr std::uint64_t LINK = 14;   // (directory, bytes of the first; window: two paths)
inline constexpr std::uint64_t UNLINK = 15; // (directory; window: path)
inline constexpr std::uint64_t SYNC = 16;
inline constexpr std::uint64_t CHECKPOINT = 17;
inline constexpr std::uint64_t COUNTS = 18;      // () [four words, as in Counts]
inline constexpr std::uint64_t HAS_PAGE = 19;    // (inode, index) [1: yes, 0: no]
inline constexpr std::uint64_t READ_PAGE = 20;   // (inode, index, count; window: page)
inline constexpr std::uint64_t WRITE_PAGE = 21;  // (inode, index, count; window: page)
inline constexpr std::uint64_t CLAIM_PAGE = 22;  // (inode, index)
inline constexpr std::uint64_t SWAP_AREA = 23;   // () [first block, blocks]
inline constexpr std::uint64_t RELEASE_ALL = 24; // ()
} // namespace label

// END of a transfer: 0, or that a page of the window's is not there now; also where nothing was
// moved, which then is no refusal.
inline constexpr std::uint64_t IS_STOPPED = 1;

// A file in memory, which whoever got it holds until release.
class Inode {
public:
    constexpr Inode() = default; // none
    explicit constexpr Inode(std::uint64_t index) : index_(index) {}
    constexpr std::uint64_t index() const { return index_; }
    constexpr bool operator==(const Inode&) const = default;

private:
    std::uint64_t index_ = ~0ULL;
};

// Word 1 of CREATE.
//
//   47..32 minor    31..16 major    15..0 abi::FileType
struct NewFile {
    abi::FileType type;
    std::uint16_t major;
    std::uint16_t minor;

    constexpr std::uint64_t to_word() const {
        return static_cast<std::uint64_t>(type) | std::uint64_t{major} << 16 |
               std::uint64_t{minor} << 32;
    }
    static constexpr NewFile of_word(std::uint64_t word) {
        return {static_cast<abi::FileType>(word & 0xffff), static_cast<std::uint16_t>(word >> 16),
                static_cast<std::uint16_t>(word >> 32)};
    }
    constexpr bool operator==(const NewFile&) const = default;
};
static_assert(NewFile::of_word(NewFile{abi::FileType::device, 1, 2}.to_word()) ==
              NewFile{abi::FileType::device, 1, 2});

struct Counts {
    std::uint64_t free_blocks = 0;
    std::uint64_t free_inodes = 0;
    std::uint64_t inodes_in_use = 0;
    std::uint64_t dirty_blocks = 0;
};

// Blocks of the disk that the file system leaves alone. None: also if nothing can be written.
struct SwapArea {
    std::uint64_t first = 0;
    std::uint64_t count = 0;
};

class Client {
public:
    using Inode = files::Inode;

    explicit constexpr Client(micro::CapSlot server) : server_(server) {}

    // unix::FileSystem. root: none, if the server has gone.
    Inode root();
    Result<Inode> lookup(std::string_view path, Inode directory);
    void hold(Inode inode);
    void release(Inode inode);
    Result<void> begin_use(Inode inode, io::FileUse use);
    void end_use(Inode inode, io::FileUse use);
    Result<abi::Stat> stat(Inode inode);
    template <io::Destination D>
    Result<std::uint64_t> read(Inode inode, std::uint64_t offset, std::uint64_t count,
                               D& destination) {
        return read_into(inode, offset, count, destination);
    }
    template <io::Source S>
    Result<std::uint64_t> write(Inode inode, std::uint64_t offset, std::uint64_t count, S& source) {
        return write_from(inode, offset, count, source);
    }
    template <io::Source S>
    Result<std::uint64_t> append(Inode inode, std::uint64_t count, S& source) {
        return append_from(inode, count, source);
    }
    Result<void> truncate(Inode inode, std::uint64_t size);
    Result<Inode> create(std::string_view path, Inode directory, abi::FileType type,
                         std::uint16_t major, std::uint16_t minor);
    Result<void> make_directory(std::string_view path, Inode directory);
    Result<void> link(std::string_view existing, std::string_view path, Inode directory);
    Result<void> unlink(std::string_view path, Inode directory);

    Result<void> sync();
    Result<void> checkpoint();
    Counts counts() const;

    // For mapped files (vm::FileSource).
    Result<bool> has_page(Inode inode, std::uint64_t index);
    Result<void> read_page(Inode inode, std::uint64_t index, std::uint64_t count, PageBytes page);
    Result<void> write_page(Inode inode, std::uint64_t index, std::uint64_t count, PageBytes page);
    Result<void> claim_page(Inode inode, std::uint64_t index);

    // input_output: there is no file system, or the server has gone.
    Result<SwapArea> swap_area();

    // All that whoever was here before and fell held is released, and none of its uses goes on.
    void start_over();

private:
    // The program's window, passed on; and memory of this server's, by way of buffer_.
    Result<std::uint64_t> read_into(Inode inode, std::uint64_t offset, std::uint64_t count,
                                    micro::CallerDestination& destination);
    Result<std::uint64_t> read_into(Inode inode, std::uint64_t offset, std::uint64_t count,
                                    io::BufferDestination& destination);
    Result<std::uint64_t> write_from(Inode inode, std::uint64_t offset, std::uint64_t count,
                                     micro::CallerSource& source);
    Result<std::uint64_t> append_from(Inode inode, std::uint64_t count,
                                      micro::CallerSource& source);

    micro::CapSlot server_;
    std::array<std::byte, PAGE_SIZE> buffer_{}; // two paths fit, or the head of a program
};

static_assert(unix::FileSystem<Client>);

} // namespace files
