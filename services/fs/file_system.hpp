// The file system: files, directories and devices by path, on one block device.
// SPDX-License-Identifier: MIT
//
// Called by whoever places it: services/unix, virtual memory (mapped files), exec. One thread at a
// time; calls may wait in the device, and for nobody else (docs/services.md, "The ordering law").
// Below it: names.hpp resolves paths, block_map.hpp finds
// blocks, cache.hpp holds them, log.hpp makes changes durable (docs/file-system.md).
//
// Errors of nearly every call: input_output (the device failed), malformed (the disk's contents
// make no sense there), invalid (the InodeRef is not held). A call that fails has changed nothing,
// unless it says otherwise.
#pragma once

#include "services/fs/directory.hpp"
#include "services/fs/truncation.hpp"
#include "services/io/transfer.hpp"

namespace fs {

// Memory that the placement gives; it is the file system's until the next mount.
struct Storage {
    std::span<std::byte> buffers;           // page-aligned; a block for each of buffer_records
    std::span<BufferRecord> buffer_records; // BUFFERS_LEAST or more
    std::span<InodeRecord> inodes;          // as many as may be in use at a time
};

struct Stat {
    std::uint32_t inode;
    FileType type;
    std::uint32_t links;
    std::uint64_t size; // bytes
    std::uint16_t major;
    std::uint16_t minor;
};

// What `create` makes.
struct Kind {
    FileType type = FileType::file;
    std::uint16_t major = 0; // of a device
    std::uint16_t minor = 0;
};

// For leak tests: all of it is as before when everything is released and removed again.
struct Counts {
    std::uint64_t free_blocks;
    std::uint64_t free_inodes;
    std::uint64_t inodes_in_use; // held in memory
    std::uint64_t dirty_blocks;  // that a crash now would lose
};

template <block::Device D>
class FileSystem {
public:
    explicit constexpr FileSystem(D& device) : device_(device) {}

    // invalid: STORAGE is too small; malformed: no file system; input_output.
    Result<void> mount(const Storage& storage);

    // Everything that was done is durable when it returns.
    Result<void> sync() { return log_.commit(); }
    // And at its home, the log empty: before the machine is switched off.
    Result<void> checkpoint() {
        TRY(log_.commit());
        return log_.checkpoint();
    }

    // The inode at PATH, held; from FROM, or the root when PATH begins with a slash. not_found,
    // not_directory, name_too_long, too_large (a path beyond PATH_BYTES), invalid (a path with a
    // zero byte), too_many (inodes in use).
    Result<InodeRef> lookup(std::string_view path, InodeRef from);
    InodeRef root() {
        inodes_.hold(root_);
        return root_;
    }

    // REF once more; it is released once more, too.
    Result<void> hold(InodeRef ref);
    // The last reference to an inode without a name frees it: that may wait, and may commit. If the
    // device fails then, the next mount frees it.
    void release(InodeRef ref);
    // All references are released, and no use goes on: whoever held them is gone. As over a mount,
    // but that what is cached stays.
    void release_all();

    // Inodes by their number on the disk, for whoever outlives this object: a server that is
    // started anew has other InodeRefs, but the same numbers (docs/file-system.md, "Over a
    // restart").
    Result<std::uint32_t> number(InodeRef ref) {
        TRY(inodes_.check(ref));
        return inodes_.at(ref).number;
    }
    // Inode NUMBER, held: whichever has that number now. invalid: no inode of this disk has it;
    // not_found: it is free; malformed: what stands there is no inode; too_many (inodes in use).
    Result<InodeRef> hold_number(std::uint32_t number) { return inodes_.hold_known(number); }

    // REF, held, is in use for USE, until end_use says so as often. busy: it is written to, and was
    // to run, or the other way round.
    Result<void> begin_use(InodeRef ref, io::FileUse use) {
        TRY(inodes_.check(ref));
        return inodes_.begin_use(ref, use);
    }
    void end_use(InodeRef ref, io::FileUse use) { inodes_.end_use(ref, use); }

    Result<Stat> stat(InodeRef ref);

    // Up to COUNT bytes of a file or directory from OFFSET; how many were put. 0: there are no
    // more. Fewer than COUNT: the end, or DESTINATION or the device failed on the way. invalid: a
    // device.
    template <io::Destination T>
    Result<std::uint64_t> read(InodeRef ref, std::uint64_t offset, std::uint64_t count,
                               T& destination);
    // COUNT bytes to a file at OFFSET; how many were written. Fewer: the disk is full, or SOURCE or
    // the device failed on the way. no_space, too_large (beyond FILE_BYTES_LIMIT), is_directory,
    // invalid (a device).
    template <io::Source T>
    Result<std::uint64_t> write(InodeRef ref, std::uint64_t offset, std::uint64_t count, T& source);
    // The same at the file's end.
    template <io::Source T>
    Result<std::uint64_t> append(InodeRef ref, std::uint64_t count, T& source) {
        TRY(inodes_.check(ref));
        return write(ref, inodes_.at(ref).size, count, source);
    }
    // The file ends at SIZE: what is beyond goes, what is missing reads as zeroes. too_large,
    // is_directory, invalid. input_output: it may end anywhere in between.
    Result<void> truncate(InodeRef ref, std::uint64_t size);

    // Page INDEX of a file, for mappings. The first COUNT bytes, as far as the file has them; the
    // rest of PAGE becomes zeroes.
    Result<void> read_page(InodeRef ref, std::uint64_t index, std::uint64_t count, PageBytes page);
    // The first COUNT bytes of PAGE, as far as the file has them; its size stays.
    Result<void> write_page(InodeRef ref, std::uint64_t index, std::uint64_t count, PageBytes page);
    // Sees to it that write_page will find a block for page INDEX, if the file reaches so far:
    // takes one where there is a hole. no_space.
    Result<void> claim_page(InodeRef ref, std::uint64_t index);

    // A new file, directory or device at PATH, held. exists, no_space (blocks or inodes), not_found
    // (the directory, or it was removed), not_directory, name_too_long, too_large, is_directory (a
    // file whose name ends with a slash), too_many.
    Result<InodeRef> create(std::string_view path, InodeRef from, Kind kind);
    // One more name, PATH, for REF's inode. not_permitted: a directory; not_found: REF has no name
    // any more; exists, too_many (LINKS_LIMIT) and what create says.
    Result<void> link(InodeRef ref, std::string_view path, InodeRef from);
    // The name PATH goes. Its inode goes with its last name and reference. not_empty: a directory
    // that holds names; invalid: "." and ".."; not_permitted: the root.
    Result<void> unlink(std::string_view path, InodeRef from);

    Counts counts() const {
        return {bitmap_.free_blocks(), inodes_.free_inodes(), inodes_.in_use(),
                log_.dirty_blocks()};
    }
    const Layout& layout() const { return layout_; }

private:
    // A path's last name and the directory that it is in, held.
    struct Target {
        InodeRef directory;
        std::string_view name;
        bool slash = false; // behind the name
    };

    Result<void> free_orphans();
    Result<InodeRef> step(InodeRef directory, std::string_view name);
    Result<Target> target(std::string_view path, InodeRef from);
    Result<std::uint64_t> free_entry(InodeRef directory, std::string_view name);
    Result<InodeRef> create_in(const Target& place, Kind kind);
    Result<void> enter(const Target& place, InodeRef child, std::uint64_t offset);
    Result<void> link_in(const Target& place, InodeRef ref);
    Result<void> unlink_in(const Target& place);
    Result<void> remove(const Target& place, InodeRef child);
    Result<void> check_file(InodeRef ref);
    template <io::Source T>
    Result<void> write_piece(InodeRef ref, std::uint64_t offset, std::uint64_t count, T& source);
    Result<Buffer> prepare_page(InodeRef ref, std::uint64_t index);

    D& device_;
    Cache<D> cache_{device_};
    Log<D> log_{cache_};
    Bitmap<D> bitmap_{cache_, log_};
    Inodes<D> inodes_{cache_, log_};
    BlockMap<D> map_{cache_, log_, bitmap_};
    Directories<D> directories_{cache_, map_};
    Truncation<D> truncation_{cache_, log_, bitmap_, inodes_, map_};
    Layout layout_;
    InodeRef root_;
};

} // namespace fs

#include "services/fs/contents.hpp"
#include "services/fs/mounting.hpp"
#include "services/fs/names.hpp"
