// A mounted file system for tests, with its memory, and files as strings.
// SPDX-License-Identifier: MIT
//
// Device D is mkfs::Disk or one of the tests' own around it.
#pragma once

#include "disk.hpp"
#include "format.hpp"
#include "services/fs/file_system.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

struct StringDestination {
    std::string text{};
    Result<void> put(Bytes bytes) {
        text.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        return {};
    }
    std::uint64_t next() const { return text.size(); }
    bool stopped() const { return false; }
};

struct StringSource {
    std::string_view rest;
    std::uint64_t given = 0;
    Result<void> get(std::span<std::byte> bytes) {
        const auto* from = reinterpret_cast<const std::byte*>(rest.data());
        std::copy(from, from + bytes.size(), bytes.begin());
        rest.remove_prefix(bytes.size());
        given += bytes.size();
        return {};
    }
    std::uint64_t next() const { return given; }
    bool stopped() const { return false; }
};
static_assert(io::Destination<StringDestination> && io::Source<StringSource>);

// A small disk: 24 + 2 log blocks, so that transactions are as small as they may be.
inline constexpr fs::Geometry SMALL{.blocks = 128, .inodes = 63, .log = fs::LOG_LEAST, .swap = 8};

template <class D>
class Volume {
public:
    using FileSystem = fs::FileSystem<D>;

    explicit Volume(D& disk, std::size_t buffers = fs::BUFFERS_LEAST, std::size_t inodes = 16)
        : blocks_(buffers), records_(buffers), inodes_(inodes), files(disk) {}

    Result<void> mount() {
        auto* bytes = blocks_.front().bytes.data();
        return files.mount({{bytes, blocks_.size() * fs::BLOCK_SIZE}, records_, inodes_});
    }

    Result<std::string> read(std::string_view path) {
        const fs::InodeRef file = TRY(files.lookup(path, root()));
        StringDestination destination;
        const Result<std::uint64_t> count = files.read(file, 0, fs::FILE_BYTES_LIMIT, destination);
        files.release(file);
        if (!count)
            return std::unexpected(count.error());
        return destination.text;
    }

    // Makes the file when there is none; how many bytes were written.
    Result<std::uint64_t> write(std::string_view path, std::uint64_t offset,
                                std::string_view text) {
        Result<fs::InodeRef> file = files.lookup(path, root());
        if (!file && file.error() == Error::not_found)
            file = files.create(path, root(), {});
        const fs::InodeRef ref = TRY(std::move(file));
        StringSource source{text};
        const Result<std::uint64_t> count = files.write(ref, offset, text.size(), source);
        files.release(ref);
        return count;
    }

    Result<void> make(std::string_view path, fs::Kind kind) {
        files.release(TRY(files.create(path, root(), kind)));
        return {};
    }
    Result<void> mkdir(std::string_view path) {
        return make(path, {.type = fs::FileType::directory});
    }
    Result<void> link(std::string_view old_path, std::string_view path) {
        const fs::InodeRef ref = TRY(files.lookup(old_path, root()));
        const Result<void> linked = files.link(ref, path, root());
        files.release(ref);
        return linked;
    }
    Result<void> unlink(std::string_view path) { return files.unlink(path, root()); }
    Result<void> truncate(std::string_view path, std::uint64_t size) {
        const fs::InodeRef ref = TRY(files.lookup(path, root()));
        const Result<void> done = files.truncate(ref, size);
        files.release(ref);
        return done;
    }
    Result<fs::Stat> stat(std::string_view path) {
        const fs::InodeRef ref = TRY(files.lookup(path, root()));
        const Result<fs::Stat> stat = files.stat(ref);
        files.release(ref);
        return stat;
    }

    // Not held: the file system holds its root for good.
    fs::InodeRef root() {
        const fs::InodeRef ref = files.root();
        files.release(ref);
        return ref;
    }

private:
    std::vector<mkfs::PageBlock> blocks_;
    std::vector<fs::BufferRecord> records_;
    std::vector<fs::InodeRecord> inodes_;

public:
    FileSystem files;
};
