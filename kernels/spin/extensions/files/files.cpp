// The extension `files`: services/fs behind the border that interface/files.hpp declares.
// SPDX-License-Identifier: MIT
//
// It handles no event. Before: an extension's call, through a name that the kernel's linker bound.
// Next: services/fs, and from there ../../placement/disk.cpp.
#include "kernels/spin/extensions/files/placement/fs_placement.hpp"

#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/files.hpp"

#include "lib/print.hpp"

namespace {

constexpr std::uint64_t CACHED_BLOCKS = 256; // 1 MiB
constexpr std::uint64_t INODES_IN_USE = 128;

struct State {
    Disk disk;
    spin::SleepingLock lock;
    FileSystem file_system{disk};
    Files files{file_system, lock};
};

constinit State state;

struct Console {
    void put(std::string_view text) { console_write(text); }
};

Result<void> mount(spin::FrameQuota quota) {
    const auto buffers = spin::make_table<std::byte>(quota, CACHED_BLOCKS * PAGE_SIZE);
    const auto records = spin::make_table<fs::BufferRecord>(quota, CACHED_BLOCKS);
    const auto inodes = spin::make_table<fs::InodeRecord>(quota, INODES_IN_USE);
    if (!buffers || !records || !inodes) {
        console_write("cannot start: there is too little memory\n");
        return std::unexpected(Error::no_memory);
    }
    const Result<void> mounted = state.file_system.mount(
        {.buffers = *buffers, .buffer_records = *records, .inodes = *inodes});
    if (!mounted) {
        Console console{};
        print(console, "cannot start: no file system on the disk: ", to_words(mounted.error()),
              "\n");
    }
    return mounted;
}

// A border's name for an inode that is held, and back. An index that none has stays one.
files::Inode named(fs::InodeRef ref) { return files::Inode(ref.index()); }
fs::InodeRef inode_of(files::Inode inode) {
    if (inode.index() >= fs::Slot::NONE)
        return {};
    return fs::InodeRef(static_cast<std::uint32_t>(inode.index()));
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota frames, const spin::Program&) {
    return mount(frames);
}

files::Inode files::root() { return named(state.files.root()); }
Result<files::Inode> files::lookup(std::string_view path, Inode directory) {
    return named(TRY(state.files.lookup(path, inode_of(directory))));
}
void files::hold(Inode inode) { state.files.hold(inode_of(inode)); }
void files::release(Inode inode) { state.files.release(inode_of(inode)); }
Result<void> files::begin_use(Inode inode, io::FileUse use) {
    return state.files.begin_use(inode_of(inode), use);
}
void files::end_use(Inode inode, io::FileUse use) { state.files.end_use(inode_of(inode), use); }
Result<abi::Stat> files::stat(Inode inode) { return state.files.stat(inode_of(inode)); }

Result<std::uint64_t> files::read(Inode inode, std::uint64_t offset, std::uint64_t count,
                                  spin::ProgramDestination& destination) {
    return state.files.read(inode_of(inode), offset, count, destination);
}
Result<std::uint64_t> files::read(Inode inode, std::uint64_t offset, std::uint64_t count,
                                  io::BufferDestination& destination) {
    return state.files.read(inode_of(inode), offset, count, destination);
}
Result<std::uint64_t> files::write(Inode inode, std::uint64_t offset, std::uint64_t count,
                                   spin::ProgramSource& source) {
    return state.files.write(inode_of(inode), offset, count, source);
}
Result<std::uint64_t> files::append(Inode inode, std::uint64_t count, spin::ProgramSource& source) {
    return state.files.append(inode_of(inode), count, source);
}
Result<void> files::truncate(Inode inode, std::uint64_t size) {
    return state.files.truncate(inode_of(inode), size);
}

Result<files::Inode> files::create(std::string_view path, Inode directory, abi::FileType type,
                                   std::uint16_t major, std::uint16_t minor) {
    return named(TRY(state.files.create(path, inode_of(directory), type, major, minor)));
}
Result<void> files::make_directory(std::string_view path, Inode directory) {
    return state.files.make_directory(path, inode_of(directory));
}
Result<void> files::link(std::string_view existing, std::string_view path, Inode directory) {
    return state.files.link(existing, path, inode_of(directory));
}
Result<void> files::unlink(std::string_view path, Inode directory) {
    return state.files.unlink(path, inode_of(directory));
}

Result<void> files::sync() { return state.files.sync(); }
Result<void> files::checkpoint() { return state.files.checkpoint(); }
files::Counts files::counts() {
    const fs::Counts now = state.files.counts();
    return {.free_blocks = now.free_blocks,
            .free_inodes = now.free_inodes,
            .inodes_in_use = now.inodes_in_use,
            .dirty_blocks = now.dirty_blocks};
}

Result<bool> files::has_page(Inode inode, std::uint64_t index) {
    return state.files.has_page(inode_of(inode), index);
}
Result<void> files::read_page(Inode inode, std::uint64_t index, std::uint64_t count,
                              PageBytes page) {
    return state.files.read_page(inode_of(inode), index, count, page);
}
Result<void> files::write_page(Inode inode, std::uint64_t index, std::uint64_t count,
                               PageBytes page) {
    return state.files.write_page(inode_of(inode), index, count, page);
}
Result<void> files::claim_page(Inode inode, std::uint64_t index) {
    return state.files.claim_page(inode_of(inode), index);
}

files::SwapArea files::swap_area() {
    const fs::Layout& layout = state.file_system.layout();
    return {.first = layout.swap_first, .count = disk_is_read_only() ? 0ULL : layout.swap_blocks};
}

void files::start_over() { state.files.release_all(); }
