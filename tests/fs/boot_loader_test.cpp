// The boot loader over a real image: what it loads where, and which file it names when it cannot.
// SPDX-License-Identifier: MIT
#include "format.hpp"
#include "services/exec/boot_loader.hpp"
#include "tree.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <map>

namespace {

using Image = std::vector<std::byte>;

// An executable of one segment, the headers' page itself, at ADDRESS.
std::string executable(std::uint64_t address) {
    std::string file(PAGE_SIZE, '\0');
    const auto put = [&](std::size_t at, auto value) {
        std::memcpy(file.data() + at, &value, sizeof value);
    };
    std::memcpy(file.data(), "\177ELF\2\1\1", 7);
    put(16, std::uint16_t{2});   // an executable
    put(18, std::uint16_t{243}); // of RISC-V
    put(24, address + 8);        // entry
    put(32, std::uint64_t{64});  // program headers: where, how large, how many
    put(54, std::uint16_t{56});
    put(56, std::uint16_t{1});
    put(64, std::uint32_t{1}); // to be loaded
    put(68, std::uint32_t{5}); // read and execute
    put(80, address);
    put(96, std::uint64_t{PAGE_SIZE});  // bytes in the file
    put(104, std::uint64_t{PAGE_SIZE}); // in memory
    put(112, std::uint64_t{PAGE_SIZE});
    return file;
}

Image disk_with(const std::map<std::string, std::string>& files) {
    auto disk = *mkfs::format({.blocks = 512, .inodes = 64, .log = 64, .swap = 0});
    mkfs::Tree tree(disk, "boot");
    for (const auto& [path, text] : files)
        tree.add_file(path, text);
    tree.finish();
    Image image(disk.block_count() * fs::BLOCK_SIZE);
    for (const auto& [number, block] : disk.written())
        std::memcpy(image.data() + number * fs::BLOCK_SIZE, block.bytes.data(), fs::BLOCK_SIZE);
    return image;
}

constexpr std::uint64_t SECOND_SLOT = PROGRAM_SLOTS + SLOT_SIZE;
constexpr std::size_t STACK_PAGES = STACK_SIZE / PAGE_SIZE;

std::map<std::string, std::string> good_files() {
    return {{"/bin/first", executable(SECOND_SLOT)},
            {"/lib/own/library", executable(LIBRARY_BASE)},
            {"/lib/own/server", executable(SERVER_SLOTS)}};
}

// An address space of at most MOST pages.
struct Pages {
    std::map<std::uint64_t, std::array<std::byte, PAGE_SIZE>> there{};
    std::size_t most = 100;

    Result<PageBytes> fresh_page(Page page, Rights) {
        if (there.size() == most)
            return std::unexpected(Error::no_memory);
        CHECK(!there.contains(page.number()));
        return PageBytes(there[page.number()]);
    }
    bool has(std::uint64_t address) const { return there.contains(address / PAGE_SIZE); }
};

// What is said when the first program does not start from FILES.
std::string complaint(const std::map<std::string, std::string>& files, Pages pages = {}) {
    struct Text {
        std::string text{};
        void put(std::string_view more) { text += more; }
    } said;
    const Image image = disk_with(files);
    const auto loaded = exec::load_first_program(pages, {image, "lib/own"}, "first");
    if (!loaded)
        exec::report(said, "first", loaded.error());
    return said.text;
}

} // namespace

// The machine's counts what it copies; one domain is all there is here.
extern "C" void copy_across_domains(std::span<std::byte> destination,
                                    std::span<const std::byte> source) {
    std::ranges::copy(source, destination.begin());
}

TEST_CASE("exec: the boot loader puts library, program and stack where they belong") {
    const Image image = disk_with(good_files());
    Pages pages;
    const auto loaded = exec::load_first_program(pages, {image, "lib/own"}, "first");
    REQUIRE(loaded.has_value());
    CHECK(loaded->slot == VirtAddr(SECOND_SLOT));
    CHECK(loaded->entry == VirtAddr(SECOND_SLOT + 8));
    CHECK(loaded->heap_start() == VirtAddr(SECOND_SLOT + HEAP_OFFSET));
    CHECK(loaded->heap_limit() == VirtAddr(SECOND_SLOT + HEAP_LIMIT));
    CHECK(pages.there.size() == 2 + STACK_PAGES);
    CHECK(pages.has(LIBRARY_BASE));
    CHECK(pages.has(SECOND_SLOT));
    CHECK(pages.has(SECOND_SLOT + STACK_END - 1));
    CHECK(pages.has(SECOND_SLOT + STACK_END - STACK_SIZE));
    CHECK(std::memcmp(pages.there[SECOND_SLOT / PAGE_SIZE].data(), "\177ELF", 4) == 0);
}

TEST_CASE("exec: the boot loader gives a server its stack too, and only the slot it is told") {
    const Image image = disk_with(good_files());
    Pages pages;
    const exec::BootFiles files{image, "lib/own"};
    const auto loaded = exec::load_server(pages, files, "server", VirtAddr(SERVER_SLOTS));
    REQUIRE(loaded.has_value());
    CHECK(loaded->entry == VirtAddr(SERVER_SLOTS + 8));
    CHECK(pages.there.size() == 1 + STACK_PAGES);
    const VirtAddr other(SERVER_SLOTS + SLOT_SIZE);
    CHECK(exec::load_server(pages, files, "server", other).error() == Error::malformed);
    CHECK(exec::load_server(pages, files, "first", other).error() == Error::not_found);
}

TEST_CASE("exec: the boot loader names the file that is missing, malformed or too large") {
    const std::string no_start = "cannot start program 'first': ";
    CHECK(complaint(good_files()).empty());
    auto files = good_files();
    SUBCASE("no library") {
        files.erase("/lib/own/library");
        CHECK(complaint(files) == no_start + "lib/own/library: not found\n");
    }
    SUBCASE("no program") {
        files.erase("/bin/first");
        CHECK(complaint(files) == no_start + "bin/first: not found\n");
    }
    SUBCASE("a library in a program's place") {
        files["/lib/own/library"] = executable(PROGRAM_SLOTS);
        CHECK(complaint(files) == no_start + "lib/own/library: malformed\n");
    }
    SUBCASE("a program in the library's place") {
        files["/bin/first"] = executable(LIBRARY_BASE);
        CHECK(complaint(files) == no_start + "bin/first: malformed\n");
    }
    SUBCASE("a program where its heap will be") {
        files["/bin/first"] = executable(PROGRAM_SLOTS + HEAP_OFFSET);
        CHECK(complaint(files) == no_start + "bin/first: malformed\n");
    }
    SUBCASE("no memory for the library") {
        CHECK(complaint(files, {.most = 0}) == no_start + "lib/own/library: no memory\n");
    }
    SUBCASE("no memory for the stack") {
        CHECK(complaint(files, {.most = 2}) == no_start + "bin/first: no memory\n");
    }
}
