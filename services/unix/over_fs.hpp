// services/fs as the UNIX service wants a file system: types translated, the lock taken.
// SPDX-License-Identifier: MIT
//
// A placement makes one over its file system and hands it to System. LOCK is what threads take
// turns by (services/io/turn.hpp). The UNIX service itself is not locked meanwhile, so pipes and
// the terminal go on while somebody waits for the disk.
#pragma once

#include "lib/memory.hpp"
#include "services/io/turn.hpp"
#include "services/unix/placement.hpp"

namespace unix {

template <class Files, class InodeRef, io::Lock L>
class OverFs {
public:
    using Inode = InodeRef;

    constexpr OverFs(Files& files, L& lock) : files_(files), lock_(lock) {}

    Inode root() {
        const io::Turn turn(lock_);
        return files_.root();
    }
    Result<Inode> lookup(std::string_view path, Inode directory) {
        const io::Turn turn(lock_);
        return files_.lookup(path, directory);
    }
    // What is held already can be held once more.
    void hold(Inode inode) {
        const io::Turn turn(lock_);
        MUST(files_.hold(inode));
    }
    void release(Inode inode) {
        const io::Turn turn(lock_);
        files_.release(inode);
    }
    Result<void> begin_use(Inode inode, io::FileUse use) {
        const io::Turn turn(lock_);
        return files_.begin_use(inode, use);
    }
    void end_use(Inode inode, io::FileUse use) {
        const io::Turn turn(lock_);
        files_.end_use(inode, use);
    }
    Result<abi::Stat> stat(Inode inode) {
        const io::Turn turn(lock_);
        const auto stat = TRY(files_.stat(inode));
        return abi::Stat{.inode = stat.inode,
                         .size = stat.size,
                         .links = stat.links,
                         .type = type_of(stat.type),
                         .major = stat.major,
                         .minor = stat.minor,
                         .reserved = 0,
                         .reserved_too = 0};
    }
    template <io::Destination D>
    Result<std::uint64_t> read(Inode inode, std::uint64_t offset, std::uint64_t count,
                               D& destination) {
        const io::Turn turn(lock_);
        return files_.read(inode, offset, count, destination);
    }
    template <io::Source S>
    Result<std::uint64_t> write(Inode inode, std::uint64_t offset, std::uint64_t count, S& source) {
        const io::Turn turn(lock_);
        return files_.write(inode, offset, count, source);
    }
    template <io::Source S>
    Result<std::uint64_t> append(Inode inode, std::uint64_t count, S& source) {
        const io::Turn turn(lock_);
        return files_.append(inode, count, source);
    }
    Result<void> truncate(Inode inode, std::uint64_t size) {
        const io::Turn turn(lock_);
        return files_.truncate(inode, size);
    }
    Result<Inode> create(std::string_view path, Inode directory, abi::FileType type,
                         std::uint16_t major, std::uint16_t minor) {
        using Type = decltype(files_.stat(directory)->type);
        const io::Turn turn(lock_);
        return files_.create(path, directory,
                             {.type = type == abi::FileType::device ? Type::device : Type::file,
                              .major = major,
                              .minor = minor});
    }
    Result<void> make_directory(std::string_view path, Inode directory) {
        using Type = decltype(files_.stat(directory)->type);
        const io::Turn turn(lock_);
        files_.release(
            TRY(files_.create(path, directory, {.type = Type::directory, .major = 0, .minor = 0})));
        return {};
    }
    Result<void> link(std::string_view existing, std::string_view path, Inode directory) {
        const io::Turn turn(lock_);
        const Inode inode = TRY(files_.lookup(existing, directory));
        Result<void> linked = files_.link(inode, path, directory);
        files_.release(inode);
        return linked;
    }
    Result<void> unlink(std::string_view path, Inode directory) {
        const io::Turn turn(lock_);
        return files_.unlink(path, directory);
    }

    // For mapped files (vm::FileSource). Whether any byte of INODE's page INDEX is there now.
    Result<bool> has_page(Inode inode, std::uint64_t index) {
        return TRY(stat(inode)).size > index * PAGE_SIZE;
    }
    Result<void> read_page(Inode inode, std::uint64_t index, std::uint64_t count, PageBytes page) {
        const io::Turn turn(lock_);
        return files_.read_page(inode, index, count, page);
    }
    Result<void> write_page(Inode inode, std::uint64_t index, std::uint64_t count, PageBytes page) {
        const io::Turn turn(lock_);
        return of_the_disk(files_.write_page(inode, index, count, page));
    }
    Result<void> claim_page(Inode inode, std::uint64_t index) {
        const io::Turn turn(lock_);
        return of_the_disk(files_.claim_page(inode, index));
    }

    // For those beside the UNIX service: what is durable, and what is in use.
    Result<void> sync() {
        const io::Turn turn(lock_);
        return files_.sync();
    }
    Result<void> checkpoint() {
        const io::Turn turn(lock_);
        return files_.checkpoint();
    }
    auto counts() const { return files_.counts(); }
    // Whoever held files is gone.
    void release_all() {
        const io::Turn turn(lock_);
        files_.release_all();
    }

private:
    // A disk that takes no writes is no right that a program lacks.
    static Result<void> of_the_disk(Result<void> written) {
        if (!written && written.error() == Error::not_permitted)
            return std::unexpected(Error::input_output);
        return written;
    }
    template <class Type>
    static constexpr abi::FileType type_of(Type type) {
        if (type == Type::directory)
            return abi::FileType::directory;
        return type == Type::device ? abi::FileType::device : abi::FileType::file;
    }

    Files& files_;
    L& lock_;
};

} // namespace unix
