// The inodes: on the disk a table, in memory those in use, counted.
// SPDX-License-Identifier: MIT
//
// An inode in use has one record however often it is held; the rest of the records remember inodes
// that were used before. A record is never newer than the disk's copy in the running transaction:
// each change is stored at once (`store_in`).
#pragma once

#include "services/fs/log.hpp"
#include "services/io/file_use.hpp"

namespace fs {

// One for each inode that can be in use; the placement supplies them and looks at nothing.
struct InodeRecord {
    Slot slot{}; // by number
    std::uint32_t number = 0;
    std::uint32_t references = 0; // InodeRefs that are held
    std::uint32_t writers = 0;    // of them, those that are in use for writing,
    std::uint32_t runners = 0;    // and for running; never both
    std::uint32_t links = 0;
    FileType type = FileType::none;
    std::uint16_t major = 0;
    std::uint16_t minor = 0;
    std::uint64_t size = 0;
    std::array<std::uint32_t, ADDRESSES> addresses{};
};

// A held inode. Whoever gets one releases it once.
class InodeRef {
public:
    constexpr InodeRef() = default;
    explicit constexpr InodeRef(std::uint32_t index) : index_(index) {}
    constexpr std::uint32_t index() const { return index_; }
    constexpr bool operator==(const InodeRef&) const = default;

private:
    std::uint32_t index_ = Slot::NONE;
};

template <block::Device D>
class Inodes {
public:
    constexpr Inodes(Cache<D>& cache, Log<D>& log) : cache_(cache), log_(log) {}

    Result<void> attach(const Layout& layout, std::span<InodeRecord> records) {
        if (records.empty() || records.size() >= Slot::NONE)
            return std::unexpected(Error::invalid);
        layout_ = layout;
        records_.attach(records);
        in_use_ = 0;
        free_ = 0;
        next_ = ROOT_INODE;
        orphans_ = 0;
        for (std::uint32_t number = 0; number <= layout.inode_count;
             number += static_cast<std::uint32_t>(INODES_PER_BLOCK))
            TRY(count_block(number));
        return {};
    }

    std::uint64_t free_inodes() const { return free_; }
    std::uint64_t in_use() const { return in_use_; }
    // InodeRefs have indices below this.
    std::uint32_t records() const { return records_.size(); }
    // How many `attach` found.
    std::uint64_t orphans() const { return orphans_; }

    // invalid: nothing is held there.
    Result<void> check(InodeRef ref) const {
        if (ref.index() >= records_.size() || records_[ref.index()].references == 0)
            return std::unexpected(Error::invalid);
        return {};
    }
    InodeRecord& at(InodeRef ref) { return records_[ref.index()]; }

    // Inode NUMBER, held. malformed: there is none, or it makes no sense; too_many: all records are
    // held.
    Result<InodeRef> hold_number(std::uint32_t number) {
        if (number < ROOT_INODE || number > layout_.inode_count)
            return std::unexpected(Error::malformed);
        std::uint32_t index = records_.find(number);
        if (index == Slot::NONE) {
            const InodeImage image = TRY(image_of(number));
            TRY(check_image(image));
            index = TRY(take_record());
            fill(records_[index], image);
            enter(index, number);
        }
        hold(InodeRef{index});
        return InodeRef{index};
    }

    // The same for a NUMBER that comes from outside, not from this disk. invalid: it is out of
    // range; not_found: it is free.
    Result<InodeRef> hold_known(std::uint32_t number) {
        if (number < ROOT_INODE || number > layout_.inode_count)
            return std::unexpected(Error::invalid);
        if (TRY(is_free(number)))
            return std::unexpected(Error::not_found);
        return hold_number(number);
    }

    void hold(InodeRef ref) {
        InodeRecord& record = at(ref);
        in_use_ += record.references == 0 ? 1 : 0;
        ++record.references;
    }

    // Whether that was the last one.
    bool release(InodeRef ref) {
        InodeRecord& record = at(ref);
        --record.references;
        in_use_ -= record.references == 0 ? 1 : 0;
        return record.references == 0;
    }

    // REF, held, is held once from now on, and in use by nobody.
    void leave_one_reference(InodeRef ref) {
        InodeRecord& record = at(ref);
        record.references = 1;
        record.writers = 0;
        record.runners = 0;
    }

    // busy: REF is in use in a way that does not go with USE.
    Result<void> begin_use(InodeRef ref, io::FileUse use) {
        InodeRecord& record = at(ref);
        const bool writes = use == io::FileUse::writing;
        const bool runs = use == io::FileUse::running;
        if ((writes && record.runners != 0) || (runs && record.writers != 0))
            return std::unexpected(Error::busy);
        record.writers += writes ? 1 : 0;
        record.runners += runs ? 1 : 0;
        return {};
    }
    void end_use(InodeRef ref, io::FileUse use) {
        at(ref).writers -= use == io::FileUse::writing ? 1 : 0;
        at(ref).runners -= use == io::FileUse::running ? 1 : 0;
    }

    // A new inode without links, held, in the running operation; `store_in` makes it one. no_space,
    // too_many.
    Result<InodeRef> create(FileType type) {
        if (free_ == 0)
            return std::unexpected(Error::no_space);
        std::uint32_t number = next_;
        while (number <= layout_.inode_count && !TRY(is_free(number)))
            ++number;
        if (number > layout_.inode_count)
            return std::unexpected(Error::no_space);
        next_ = number;
        const std::uint32_t index = TRY(take_record());
        records_[index].type = type;
        enter(index, number);
        hold(InodeRef{index});
        return InodeRef{index};
    }

    // An inode that `create` gave, and that was not stored, is none again.
    void discard(InodeRef ref) {
        release(ref);
        leave(ref.index());
    }

    // The block that holds an inode, to be changed by `store_in` once nothing can fail any more.
    Result<Buffer> prepare(InodeRef ref) {
        return log_.prepare(layout_.inode_block(at(ref).number));
    }

    void store_in(Buffer buffer, InodeRef ref) {
        const InodeRecord& record = at(ref);
        const InodeImage image{.type = static_cast<std::uint16_t>(record.type),
                               .major = record.major,
                               .minor = record.minor,
                               .reserved = 0,
                               .links = record.links,
                               .reserved_too = 0,
                               .size = record.size,
                               .addresses = record.addresses};
        // In place: inode_offset is that of a whole inode in a block.
        MUST(store(cache_.bytes(buffer), Layout::inode_offset(record.number), image));
    }

    // What `create` gave has been stored.
    void created() { --free_; }

    // The inode, held once, is free from here on: its record and, in BUFFER from `prepare`, its
    // place.
    void erase(Buffer buffer, InodeRef ref) {
        const std::uint32_t erased = at(ref).number;
        MUST(store(cache_.bytes(buffer), Layout::inode_offset(erased), InodeImage{})); // as above
        release(ref);
        leave(ref.index());
        ++free_;
        next_ = std::min(next_, erased);
    }

    // Inode NUMBER has no name and is not free: a crash interrupted its end.
    Result<bool> is_orphan(std::uint32_t number) {
        const InodeImage image = TRY(image_of(number));
        return image.type != 0 && image.links == 0;
    }

private:
    static constexpr std::uint64_t TYPE_OFFSET = 0; // in an InodeImage
    static constexpr std::uint64_t LINKS_OFFSET = 8;

    // What is free and what is an orphan in the block that begins with inode FIRST.
    Result<void> count_block(std::uint32_t first) {
        const BlockBytes bytes = cache_.bytes(TRY(cache_.get(layout_.inode_block(first))));
        for (std::uint32_t number = std::max(first, ROOT_INODE);
             number < first + INODES_PER_BLOCK && number <= layout_.inode_count; ++number) {
            const std::uint64_t at = Layout::inode_offset(number);
            if (TRY(load<std::uint16_t>(bytes, at + TYPE_OFFSET)) == 0)
                ++free_;
            else if (TRY(load<std::uint32_t>(bytes, at + LINKS_OFFSET)) == 0)
                ++orphans_;
        }
        return {};
    }

    Result<InodeImage> image_of(std::uint32_t number) {
        const Buffer buffer = TRY(cache_.get(layout_.inode_block(number)));
        return load<InodeImage>(cache_.bytes(buffer), Layout::inode_offset(number));
    }

    Result<bool> is_free(std::uint32_t number) { return TRY(image_of(number)).type == 0; }

    static Result<void> check_image(const InodeImage& image) {
        const bool whole_entries = image.size % sizeof(DirectoryEntry) == 0;
        switch (to_file_type(image.type)) {
        case FileType::directory:
            if (whole_entries && image.size <= FILE_BYTES_LIMIT)
                return {};
            break;
        case FileType::file:
            if (image.size <= FILE_BYTES_LIMIT)
                return {};
            break;
        case FileType::device:
            if (image.size == 0)
                return {};
            break;
        case FileType::none:
            break;
        }
        return std::unexpected(Error::malformed);
    }

    static void fill(InodeRecord& record, const InodeImage& image) {
        record.type = to_file_type(image.type);
        record.major = image.major;
        record.minor = image.minor;
        record.links = image.links;
        record.size = image.size;
        record.addresses = image.addresses;
    }

    // A record of nothing.
    Result<std::uint32_t> take_record() {
        const std::uint32_t index =
            records_.spare([](const InodeRecord& record) { return record.references != 0; });
        if (index == Slot::NONE)
            return std::unexpected(Error::too_many);
        leave(index);
        return index;
    }

    void enter(std::uint32_t index, std::uint32_t number) {
        records_.enter(index, number);
        records_[index].number = number;
    }

    // Out of the table, and empty.
    void leave(std::uint32_t index) {
        records_.leave(index);
        const Slot kept = records_[index].slot; // other records' chain may begin in it
        records_[index] = InodeRecord{};
        records_[index].slot = kept;
    }

    Cache<D>& cache_;
    Log<D>& log_;
    Layout layout_;
    Table<InodeRecord> records_;
    std::uint32_t next_ = 0; // no inode below it is free
    std::uint64_t free_ = 0;
    std::uint64_t in_use_ = 0;
    std::uint64_t orphans_ = 0;
};

} // namespace fs
