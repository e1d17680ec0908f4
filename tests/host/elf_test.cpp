// Executables: good ones load, and no damaged file gets past the checks or out of bounds.
// SPDX-License-Identifier: MIT
#include "executable.hpp"
#include "lib/elf.hpp"
#include "services/exec/images.hpp"
#include "services/exec/loader.hpp"

#include <doctest/doctest.h>

#include <map>

namespace {

constexpr elf::Slot SLOT{VirtAddr(0x10000000), 0x800000};

// An address space that a program is loaded into.
struct Pages {
    struct Fresh {
        Rights rights;
        std::array<std::byte, PAGE_SIZE> bytes{};
    };
    std::map<std::uint64_t, Fresh> there{};
    std::size_t most = 100;
    Result<PageBytes> fresh_page(Page page, Rights rights) {
        if (there.size() == most)
            return std::unexpected(Error::no_memory);
        const auto [fresh, is_new] = there.try_emplace(page.number(), Fresh{rights});
        CHECK(is_new);
        return PageBytes(fresh->second.bytes);
    }
};
static_assert(exec::Target<Pages>);

} // namespace

TEST_CASE("elf: a good executable yields its segments") {
    const Buffer file = executable({{},
                                    {.flags = 6,
                                     .offset = 0x2000,
                                     .address = 0x10001000,
                                     .file_bytes = 8,
                                     .memory_bytes = 4097}});
    const auto image = elf::Executable::parse(file, SLOT);
    REQUIRE(image.has_value());
    CHECK(image->entry() == VirtAddr(0x10000004));
    REQUIRE(image->segments().size() == 2);
    CHECK(image->segments()[0].rights == Rights::read_execute());
    CHECK(image->segments()[1].rights == Rights::read_write());
    CHECK(image->segments()[1].memory_bytes == 4097);
    CHECK(image->segments()[1].file.size() == 8);
}

TEST_CASE("elf: the headers alone tell where the segments stand in the file") {
    const Buffer file = executable({{}});
    const auto whole = elf::Executable::parse(file, SLOT);
    const auto head = elf::Executable::parse_head(Bytes(file).first(256), file.size(), SLOT);
    REQUIRE(whole.has_value());
    REQUIRE(head.has_value());
    REQUIRE(head->segments().size() == 1);
    CHECK(head->entry() == whole->entry());
    CHECK(head->segments()[0].file.empty());
    CHECK(head->segments()[0].file_offset == whole->segments()[0].file_offset);
    CHECK(head->segments()[0].file_bytes == whole->segments()[0].file.size());
    // A segment past the file's end, and headers past the head's.
    CHECK(!elf::Executable::parse_head(Bytes(file).first(256), 0x1001, SLOT));
    CHECK(!elf::Executable::parse_head(Bytes(file).first(100), file.size(), SLOT));
}

TEST_CASE("elf: an empty segment may stand anywhere, also first, and is left out") {
    for (const std::uint64_t address : {0ULL, 1ULL, 0xffffffc080200000ULL, ~0ULL}) {
        CAPTURE(address);
        const Header empty{
            .flags = 7, .offset = ~0ULL, .address = address, .file_bytes = 0, .memory_bytes = 0};
        std::vector<Header> many(elf::Executable::MAX_SEGMENTS + 1, empty);
        many.push_back({});
        for (const auto& segments :
             {std::vector<Header>{empty, {}}, std::vector<Header>{{}, empty}, many}) {
            const Buffer file = executable(segments);
            const auto image = elf::Executable::parse(file, SLOT);
            REQUIRE(image.has_value());
            CHECK(image->segments().size() == 1);
            CHECK(*elf::first_address(file) == VirtAddr(0x10000000));
        }
    }
}

TEST_CASE("elf: what breaks a rule is malformed") {
    Header bad;
    SUBCASE("below the slot") { bad.address = 0xffff000; }
    SUBCASE("past the slot") { bad.memory_bytes = 0x800001; }
    SUBCASE("address wraps") { bad.address = ~0ULL & ~0xfffULL; }
    SUBCASE("size wraps") { bad.memory_bytes = ~0ULL; }
    SUBCASE("not page-aligned") { bad.address += 8; }
    SUBCASE("more file than memory") { bad.file_bytes = 32; }
    SUBCASE("a file's bytes for no memory") { bad.memory_bytes = 0; }
    SUBCASE("file part past the file's end") { bad.file_bytes = bad.memory_bytes = 0x1101; }
    SUBCASE("file part behind the file's end") { bad.offset = 0x3000; }
    SUBCASE("file offset wraps") { bad.offset = ~0xfffULL; }
    SUBCASE("not page-aligned in the file") { bad.offset += 8; }
    SUBCASE("an alignment that is none") { bad.alignment = 0x1001; }
    SUBCASE("it wants a dynamic linker") { bad.type = 3; }
    SUBCASE("writable code") { bad.flags = 7; }
    SUBCASE("entry is not code") { bad.flags = 6; }
    const auto image = elf::Executable::parse(executable({bad}), SLOT);
    REQUIRE(!image.has_value());
    CHECK(image.error() == Error::malformed);
}

TEST_CASE("elf: any alignment that an ELF file may ask for is one") {
    for (const std::uint64_t alignment : {0ULL, 1ULL, 0x1000ULL, 0x200000ULL, 1ULL << 63})
        CHECK(elf::Executable::parse(executable({{.alignment = alignment}}), SLOT).has_value());
}

TEST_CASE("elf: an entry that is no instruction of the program is malformed") {
    const auto entered_at = [](std::uint64_t entry) {
        Buffer file = executable({{}});
        put(file, 24, entry);
        return elf::Executable::parse(file, SLOT).has_value();
    };
    CHECK(entered_at(0x10000000));
    CHECK(entered_at(0x1000000e));
    for (const std::uint64_t entry :
         {0x10000001ULL, 0x1000000fULL, 0x10000010ULL, 0x0ffffffeULL, 0ULL, ~1ULL})
        CHECK_MESSAGE(!entered_at(entry), entry);
}

TEST_CASE("elf: a table of program headers that is not all in the file's head is malformed") {
    const auto with = [](std::uint64_t table, std::uint16_t count) {
        Buffer file = executable({{}});
        put(file, 32, table);
        put(file, 56, count);
        const bool parsed = elf::Executable::parse(file, SLOT).has_value();
        CHECK(elf::first_address(file).has_value() == parsed);
        return parsed;
    };
    CHECK(with(64, 1));
    CHECK(with(64, 72)); // nothing but zeroes behind it
    CHECK(!with(64, 0));
    CHECK(!with(64, 73));
    CHECK(!with(64, 0xffff));
    CHECK(!with(elf::HEAD_BYTES - 8, 1));
    CHECK(!with(~0ULL - 8, 1));
}

TEST_CASE("elf: what is no executable for this machine is malformed") {
    for (const std::size_t field : {0, 3, 4, 5, 16, 18, 54}) {
        Buffer file = executable({{}});
        file[field] ^= std::byte{4};
        CAPTURE(field);
        CHECK(elf::Executable::parse(file, SLOT).error() == Error::malformed);
    }
}

TEST_CASE("elf: a segment may reach to the end of file and slot") {
    const Header end_of_file{.file_bytes = 0x1100, .memory_bytes = 0x1100};
    const Header no_bytes{.flags = 6,
                          .offset = 0x2100,
                          .address = 0x10002000,
                          .file_bytes = 0,
                          .memory_bytes = 0x7fe000};
    CHECK(elf::Executable::parse(executable({end_of_file, no_bytes}), SLOT).has_value());
}

TEST_CASE("elf: overlapping segments are malformed") {
    CHECK(!elf::Executable::parse(executable({{}, {.flags = 4}}), SLOT));
    const Header longer{.memory_bytes = 4097};
    const auto followed_by = [&](std::uint64_t address) {
        return elf::Executable::parse(executable({longer, {.flags = 4, .address = address}}), SLOT)
            .has_value();
    };
    CHECK(!followed_by(0x10001000)); // its last page
    CHECK(followed_by(0x10002000));
    CHECK(!elf::Executable::parse(executable({{.address = 0x10002000}, {}}), SLOT)); // out of order
}

TEST_CASE("elf: more segments than a program may have are malformed") {
    std::vector<Header> many;
    for (std::uint64_t i = 0; i <= elf::Executable::MAX_SEGMENTS; ++i)
        many.push_back({.address = 0x10000000 + i * 0x1000});
    CHECK(!elf::Executable::parse(executable(many), SLOT));
}

TEST_CASE("elf: damaged files stay inside themselves and the slot") {
    Buffer file = executable({{}, {.flags = 6, .offset = 0, .address = 0x10001000}});
    put<std::uint64_t>(file, 64 + 8, 0); // the first segment's offset
    file.resize(64 + 2 * 56);            // so that nearly every change meets a header
    REQUIRE(elf::Executable::parse(file, SLOT).has_value());
    with_damaged_copies(file, 20000, [](const Buffer& copy) {
        const auto image = elf::Executable::parse(copy, SLOT);
        if (!image)
            return;
        for (const elf::Segment& segment : image->segments()) {
            CHECK(segment.start >= SLOT.base);
            CHECK(segment.memory_bytes <= SLOT.size - (segment.start - SLOT.base));
            CHECK(segment.file.size() <= segment.memory_bytes);
            for (const std::byte byte : segment.file)
                (void)std::to_integer<int>(byte); // the sanitizer looks
        }
    });
}

TEST_CASE("exec: a program is loaded page by page, each byte where it was linked") {
    Buffer file = executable({{},
                              {.flags = 6,
                               .offset = 0x2000,
                               .address = 0x10001000,
                               .file_bytes = 0x1008,
                               .memory_bytes = 0x2001}});
    file.resize(0x3008);
    for (std::size_t i = 0x1000; i < 0x3008; ++i)
        put(file, i, static_cast<std::uint8_t>(i * 7 + i / 256));
    Pages pages;
    CHECK(*exec::load_image(pages, file, SLOT) == VirtAddr(0x10000004));
    REQUIRE(exec::add_stack(pages, VirtAddr(0x10700000), 2 * PAGE_SIZE).has_value());
    REQUIRE(pages.there.size() == 6);
    const auto expect = [&](std::uint64_t page, Rights rights, std::size_t from,
                            std::size_t count) {
        CAPTURE(page);
        const Pages::Fresh& fresh = pages.there.at(page);
        CHECK(fresh.rights == rights);
        std::array<std::byte, PAGE_SIZE> wanted{};
        std::memcpy(wanted.data(), file.data() + from, count);
        CHECK(fresh.bytes == wanted);
    };
    expect(0x10000, Rights::read_execute(), 0x1000, 16);
    expect(0x10001, Rights::read_write(), 0x2000, PAGE_SIZE);
    expect(0x10002, Rights::read_write(), 0x3000, 8);
    expect(0x10003, Rights::read_write(), 0, 0);
    expect(0x106fe, Rights::read_write(), 0, 0);
    expect(0x106ff, Rights::read_write(), 0, 0);

    for (const std::size_t most : {0, 1, 3}) {
        Pages few{.most = most};
        CHECK(exec::load_image(few, file, SLOT).error() == Error::no_memory);
    }
    Pages full{.most = 1};
    CHECK(exec::add_stack(full, VirtAddr(0x10700000), 2 * PAGE_SIZE).error() == Error::no_memory);
}

TEST_CASE("exec: a program's first segment tells its slot, or it has none") {
    const exec::Slots slots{VirtAddr(0x10000000), 0x1000000, 3};
    const auto slot_of = [&](std::uint64_t address) {
        return exec::slot_of(executable({{.type = 6, .address = 1}, {.address = address}}), slots);
    };
    CHECK(*slot_of(0x10000000) == VirtAddr(0x10000000));
    CHECK(*slot_of(0x10fff000) == VirtAddr(0x10000000));
    CHECK(*slot_of(0x11000000) == VirtAddr(0x11000000));
    CHECK(*slot_of(0x12fff000) == VirtAddr(0x12000000));
    CHECK(slot_of(0x0ffff000).error() == Error::malformed);
    CHECK(slot_of(0x13000000).error() == Error::malformed);
    CHECK(exec::slot_of(executable({{.type = 6}}), slots).error() == Error::malformed);
    // What is not loaded does not choose the slot.
    const Header empty{.address = 0x11000000, .file_bytes = 0, .memory_bytes = 0};
    CHECK(*exec::slot_of(executable({empty, {.address = 0x12000000}}), slots) ==
          VirtAddr(0x12000000));
    CHECK(exec::slot_of(executable({empty}), slots).error() == Error::malformed);
}
