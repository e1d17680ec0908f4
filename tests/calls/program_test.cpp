// From the head of a file to regions, heap, stack and arguments.
// SPDX-License-Identifier: MIT
#include "services/exec/program.hpp"
#include "tests/host/executable.hpp"

#include <doctest/doctest.h>

#include <string>

namespace {

constexpr std::uint64_t PROGRAM = PROGRAM_SLOTS + SLOT_SIZE; // the second slot

exec::Image library() {
    const Buffer file = executable({{.address = LIBRARY_BASE}}, LIBRARY_BASE + 4);
    const auto image = exec::examine_library(file, file.size(), vm::FileId(2));
    REQUIRE(image.has_value());
    return *image;
}

Result<exec::Image> program(const std::vector<Header>& segments) {
    const Buffer file = executable(segments, PROGRAM + 4);
    return exec::examine_program(file, file.size(), vm::FileId(1));
}

} // namespace

TEST_CASE("exec: a program and the library become regions, heap and stack") {
    const auto image = program({{.address = PROGRAM},
                                {.flags = 6,
                                 .offset = 0x2000,
                                 .address = PROGRAM + 0x1000,
                                 .file_bytes = 8,
                                 .memory_bytes = 4'097},
                                {.flags = 6,
                                 .offset = 0,
                                 .address = PROGRAM + 0x4000,
                                 .file_bytes = 0,
                                 .memory_bytes = 4'096}});
    REQUIRE(image.has_value());
    CHECK(image->slot == VirtAddr(PROGRAM));
    const exec::Layout layout(*image, library());
    const auto regions = layout.regions();
    REQUIRE(regions.size() == 5);
    CHECK(regions[0].first.start() == VirtAddr(PROGRAM));
    CHECK(regions[0].rights == Rights::read_execute());
    CHECK(regions[0].backing == vm::Backing::file_private);
    CHECK(regions[0].file == vm::FileId(1));
    CHECK(regions[0].file_offset == 0x1000);
    // Zeroes behind the file's bytes are of the same region.
    CHECK(regions[1].pages() == 2);
    CHECK(regions[1].file_bytes == 8);
    CHECK(regions[1].rights == Rights::read_write());
    // Nothing but zeroes: no file stands behind them.
    CHECK(regions[2].backing == vm::Backing::anonymous);
    CHECK(regions[2].pages() == 1);
    CHECK(regions[3].first.start() == VirtAddr(LIBRARY_BASE));
    CHECK(regions[3].file == vm::FileId(2));
    CHECK(regions[4].growth == vm::Growth::down);
    CHECK(regions[4].end.start() == layout.stack_end());
    CHECK(layout.stack_end() == VirtAddr(PROGRAM + STACK_END));
    CHECK(regions[4].end - regions[4].lowest == STACK_LIMIT / PAGE_SIZE);
    CHECK(layout.heap().start == VirtAddr(PROGRAM + HEAP_OFFSET));
    CHECK(layout.heap().limit == VirtAddr(PROGRAM + HEAP_LIMIT));
    // None meets another, nor the heap.
    for (const vm::Region& one : regions)
        for (const vm::Region& other : regions)
            CHECK((&one == &other || one.end <= other.reserved_from() ||
                   other.end <= one.reserved_from()));
    CHECK(regions[4].lowest.start() >= layout.heap().limit);
}

TEST_CASE("exec: a program keeps below its heap, and in one slot") {
    CHECK(program({{.address = PROGRAM},
                   {.flags = 6, .address = PROGRAM + HEAP_OFFSET - 0x1000, .memory_bytes = 4'096}})
              .has_value());
    CHECK(program({{.address = PROGRAM},
                   {.flags = 6, .address = PROGRAM + HEAP_OFFSET - 0x1000, .memory_bytes = 4'097}})
              .error() == Error::malformed);
    CHECK(program({{.address = LIBRARY_BASE}}).error() == Error::malformed);
    CHECK(program({{.address = PROGRAM_SLOTS - SLOT_SIZE}}).error() == Error::malformed);
    const Buffer file = executable({{.address = PROGRAM}}, PROGRAM + 4);
    CHECK(exec::examine_library(file, file.size(), vm::FileId(1)).error() == Error::malformed);
}

TEST_CASE("exec: no damaged head of a file gets past the checks") {
    const Buffer file = executable({{.address = PROGRAM}}, PROGRAM + 4);
    const exec::Image shared = library();
    with_damaged_copies(Buffer(file.begin(), file.begin() + 256), 2'000, [&](const Buffer& head) {
        const auto image = exec::examine_program(head, file.size(), vm::FileId(1));
        if (!image)
            return;
        const exec::Layout layout(*image, shared);
        for (const vm::Region& region : layout.regions())
            CHECK(region.first < region.end);
    });
}

TEST_CASE("exec: arguments up to both limits, and empty ones") {
    exec::Arguments arguments;
    CHECK(arguments.below(VirtAddr(0x1000)).texts == VirtAddr(0x1000));
    for (std::size_t i = 0; i < abi::ARGUMENT_COUNT; ++i)
        REQUIRE(arguments.add("").has_value());
    CHECK(arguments.add("").error() == Error::too_large);
    CHECK(arguments.bytes().empty());

    arguments.clear();
    REQUIRE(arguments.add(std::string(abi::ARGUMENT_BYTES - 1, 'a')).has_value());
    CHECK(arguments.add("bc").error() == Error::too_large);
    CHECK(arguments.count() == 1);
    REQUIRE(arguments.add("b").has_value());
    REQUIRE(arguments.add("").has_value());
    CHECK(arguments.add_room(~std::uint64_t{0}).error() == Error::too_large);
    CHECK(arguments.bytes().size() == abi::ARGUMENT_BYTES);
    CHECK(arguments.count() == 3);
}

TEST_CASE("exec: arguments lie in order above their views, and the stack is aligned") {
    for (std::size_t bytes = 0; bytes < 33; ++bytes) {
        CAPTURE(bytes);
        exec::Arguments arguments;
        REQUIRE(arguments.add("name").has_value());
        REQUIRE(arguments.add(std::string(bytes, 'x')).has_value());
        const VirtAddr end(0x20000);
        const auto place = arguments.below(end);
        CHECK(place.views.raw() % 16 == 0);
        CHECK(place.texts + arguments.bytes().size() == end);
        CHECK(place.views + 2 * sizeof(abi::TextView) <= place.texts);
        const auto views = arguments.views(place.texts);
        CHECK(views[0].address == place.texts.raw());
        CHECK(views[0].bytes == 4);
        CHECK(views[1].address == place.texts.raw() + 4);
        CHECK(views[1].bytes == bytes);
    }
}

TEST_CASE("exec: a program goes by the last part of its path") {
    CHECK(exec::last_part("/bin/cat") == "cat");
    CHECK(exec::last_part("cat") == "cat");
    CHECK(exec::last_part("/bin/") == "");
}
