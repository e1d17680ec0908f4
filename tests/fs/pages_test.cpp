// Whole pages for mappings, and bytes that stop on their way to or from a program.
// SPDX-License-Identifier: MIT
#include "check.hpp"
#include "volume.hpp"

namespace {

// Fails once PIECES pieces have gone through.
struct Failing {
    int pieces;
    Error error = Error::not_mapped;
    std::uint64_t moved = 0;
    Result<void> step(std::uint64_t bytes) {
        if (pieces-- == 0)
            return std::unexpected(error);
        moved += bytes;
        return {};
    }
    Result<void> put(Bytes bytes) { return step(bytes.size()); }
    Result<void> get(std::span<std::byte> bytes) {
        TRY(step(bytes.size()));
        std::ranges::fill(bytes, std::byte{'n'});
        return {};
    }
    std::uint64_t next() const { return moved; }
    bool stopped() const { return pieces < 0 && error == Error::not_mapped; }
};

struct OneFile {
    mkfs::Disk disk = *mkfs::format(SMALL);
    Volume<mkfs::Disk> volume{disk};
    fs::InodeRef file;
    explicit OneFile(const std::string& text) {
        REQUIRE(volume.mount().has_value());
        REQUIRE(volume.write("/a", 0, text).has_value());
        file = *volume.files.lookup("/a", volume.root());
    }
    ~OneFile() {
        volume.files.release(file);
        CHECK(volume.files.checkpoint().has_value());
        CHECK(mkfs::check(disk).errors.empty());
    }
};

std::string text_of(const mkfs::Block& page) {
    return {reinterpret_cast<const char*>(page.bytes.data()), page.bytes.size()};
}

} // namespace

TEST_CASE("fs: a page of a file ends with zeroes where the file or the mapping ends") {
    OneFile one(std::string(fs::BLOCK_SIZE, 'x') + "end");
    mkfs::Block page;
    const auto read = [&](std::uint64_t index, std::uint64_t count) {
        page.bytes.fill(std::byte{0xff});
        REQUIRE(one.volume.files.read_page(one.file, index, count, page.bytes).has_value());
        return text_of(page);
    };
    CHECK((read(0, PAGE_SIZE) == std::string(PAGE_SIZE, 'x')));
    CHECK((read(0, 100) == std::string(100, 'x') + std::string(PAGE_SIZE - 100, '\0')));
    CHECK((read(1, PAGE_SIZE) == "end" + std::string(PAGE_SIZE - 3, '\0')));
    CHECK((read(2, PAGE_SIZE) == std::string(PAGE_SIZE, '\0')));
    CHECK((read(~0ULL, PAGE_SIZE) == std::string(PAGE_SIZE, '\0')));
}

TEST_CASE("fs: a page written back does not lengthen the file") {
    OneFile one(std::string(fs::BLOCK_SIZE, 'x') + "end");
    mkfs::Block page;
    page.bytes.fill(std::byte{'y'});
    auto& files = one.volume.files;
    REQUIRE(files.write_page(one.file, 1, PAGE_SIZE, page.bytes).has_value());
    REQUIRE(files.write_page(one.file, 0, 10, page.bytes).has_value());
    REQUIRE(files.write_page(one.file, 2, PAGE_SIZE, page.bytes).has_value());
    CHECK((*one.volume.read("/a") ==
           std::string(10, 'y') + std::string(PAGE_SIZE - 10, 'x') + "yyy"));
}

TEST_CASE("fs: a page written back fills a hole") {
    OneFile one("x");
    REQUIRE(one.volume.truncate("/a", 3 * fs::BLOCK_SIZE).has_value());
    mkfs::Block page;
    page.bytes.fill(std::byte{'y'});
    REQUIRE(one.volume.files.write_page(one.file, 1, PAGE_SIZE, page.bytes).has_value());
    CHECK((*one.volume.read("/a") == "x" + std::string(PAGE_SIZE - 1, '\0') +
                                         std::string(PAGE_SIZE, 'y') +
                                         std::string(PAGE_SIZE, '\0')));
}

TEST_CASE("fs: a page that was claimed has a block, whatever is written meanwhile") {
    OneFile one("x");
    REQUIRE(one.volume.truncate("/a", 3 * fs::BLOCK_SIZE).has_value());
    auto& files = one.volume.files;
    const std::uint64_t before = files.counts().free_blocks;
    CHECK(files.claim_page(one.file, 0).has_value()); // has one
    CHECK(files.claim_page(one.file, 3).has_value()); // behind the end
    CHECK(files.claim_page(one.file, ~0ULL).has_value());
    CHECK(files.counts().free_blocks == before);
    CHECK(files.claim_page(one.file, 1).has_value());
    CHECK(files.counts().free_blocks == before - 1);
    CHECK((*one.volume.read("/a") == "x" + std::string(3 * PAGE_SIZE - 1, '\0')));
    // All that is left, and more than that.
    REQUIRE(one.volume.write("/full", 0, std::string(before * fs::BLOCK_SIZE, 'f')).has_value());
    CHECK(files.counts().free_blocks == 0);
    CHECK(files.claim_page(one.file, 2).error() == Error::no_space);
    mkfs::Block page;
    page.bytes.fill(std::byte{'y'});
    CHECK(files.write_page(one.file, 2, PAGE_SIZE, page.bytes).error() == Error::no_space);
    CHECK(files.write_page(one.file, 1, PAGE_SIZE, page.bytes).has_value());
}

TEST_CASE("fs: a read that stops half-way tells how far it came") {
    OneFile one(std::string(3 * fs::BLOCK_SIZE, 'x'));
    auto& files = one.volume.files;
    for (const Error error : {Error::not_mapped, Error::bad_address}) {
        Failing at_once{0, error};
        CHECK(files.read(one.file, 5, 9000, at_once).error() == error);
        Failing later{2, error};
        CHECK(*files.read(one.file, 5, 12000, later) == 2 * fs::BLOCK_SIZE - 5);
    }
}

TEST_CASE("fs: a write that stops half-way has written what it tells, and nothing else") {
    OneFile one("x");
    auto& files = one.volume.files;
    const fs::Counts before = files.counts();
    Failing at_once{0};
    CHECK(files.write(one.file, 5 * fs::BLOCK_SIZE, 10, at_once).error() == Error::not_mapped);
    CHECK(files.stat(one.file)->size == 1);
    CHECK(files.counts().free_blocks == before.free_blocks);
    Failing indexed{0};
    const std::uint64_t far = (fs::DIRECT + fs::PER_INDEX) * fs::BLOCK_SIZE;
    CHECK(files.write(one.file, far, 10, indexed).error() == Error::not_mapped);
    CHECK(files.counts().free_blocks == before.free_blocks);
    Failing later{2};
    CHECK(*files.write(one.file, 1, 9000, later) == 2 * fs::BLOCK_SIZE - 1);
    CHECK(files.stat(one.file)->size == 2 * fs::BLOCK_SIZE);
    Failing over{0};
    CHECK(files.write(one.file, 0, 10, over).error() == Error::not_mapped);
    CHECK((*one.volume.read("/a") == "x" + std::string(2 * fs::BLOCK_SIZE - 1, 'n')));
}

TEST_CASE("fs: a full disk stays usable") {
    OneFile one("x");
    auto& files = one.volume.files;
    const std::string lot(200 * fs::BLOCK_SIZE, 'y');
    StringSource source{lot};
    const auto count = files.append(one.file, lot.size(), source);
    REQUIRE(count.has_value());
    CHECK(*count < lot.size());
    CHECK(files.counts().free_blocks == 0);
    CHECK(files.stat(one.file)->size == 1 + *count);
    CHECK(one.volume.write("/b", 0, "x").error() == Error::no_space);
    CHECK(one.volume.mkdir("/d").error() == Error::no_space);
    CHECK(*one.volume.write("/a", 100, "inside") == 6);
    CHECK(one.volume.truncate("/a", 3).has_value());
    CHECK(*one.volume.write("/b", 0, "fits") == 4);
    CHECK(one.volume.mkdir("/d").has_value());
}
