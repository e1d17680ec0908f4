// Memory: heap, mappings of nothing and of files, rights, limits, the stack.
// SPDX-License-Identifier: MIT
#include "checks.hpp"

using namespace unix_tests;

namespace {

std::uint64_t map(std::uint64_t pages, Rights rights = Rights::read_write()) {
    return static_cast<std::uint64_t>(os::mmap({.bytes = pages * PAGE_SIZE, .rights = rights}));
}

std::int64_t touch_status(std::uint64_t address) {
    return status_of([&] {
        store(address, 1);
        return 0;
    });
}

// Uses STACK bytes of stack and more.
[[gnu::noinline]] std::uint64_t recur(std::uint64_t depth) {
    std::array<volatile std::uint8_t, 1024> room{};
    room[depth % room.size()] = 1;
    return depth == 0 ? room[0] : recur(depth - 1) + room[1];
}

} // namespace

TEST_CASE("sbrk: grows with zeroes, shrinks, grows with zeroes again") {
    const std::int64_t start = os::sbrk(0);
    CHECK(is(os::sbrk(3 * PAGE_SIZE), start));
    const auto heap = static_cast<std::uint64_t>(start);
    CHECK(load(heap + 2 * PAGE_SIZE) == 0);
    store(heap + 2 * PAGE_SIZE, 7);
    store(heap, 8);
    CHECK(is(os::sbrk(-2 * static_cast<std::int64_t>(PAGE_SIZE)), start + 3 * PAGE_SIZE));
    CHECK(is(touch_status(heap + 2 * PAGE_SIZE), FAULT));
    CHECK(is(os::sbrk(2 * PAGE_SIZE), start + PAGE_SIZE));
    CHECK(load(heap + 2 * PAGE_SIZE) == 0);
    CHECK(load(heap) == 8);
    CHECK(is(os::sbrk(-3 * static_cast<std::int64_t>(PAGE_SIZE)), start + 3 * PAGE_SIZE));
}

TEST_CASE("sbrk: its limits") {
    const std::int64_t start = os::sbrk(0);
    CHECK(is(os::sbrk(HEAP_LIMIT - HEAP_OFFSET + 1), -abi::NO_MEMORY));
    CHECK(is(os::sbrk(INT64_MAX), -abi::NO_MEMORY));
    CHECK(is(os::sbrk(-1), -abi::INVALID));
    CHECK(is(os::sbrk(INT64_MIN), -abi::INVALID));
    CHECK(is(os::sbrk(0), start));
}

TEST_CASE("mmap: pages of zeroes, until they are unmapped") {
    const std::uint64_t first = map(4);
    REQUIRE(first >= MAP_BASE);
    REQUIRE(first < MAP_END);
    CHECK(load(first + 3 * PAGE_SIZE) == 0);
    store(first, 1);
    store(first + PAGE_SIZE, 2);
    // A hole in the middle.
    CHECK(is(os::munmap(first + PAGE_SIZE, PAGE_SIZE), 0));
    CHECK(is(touch_status(first + PAGE_SIZE), FAULT));
    CHECK(load(first) == 1);
    CHECK(is(os::mmap({.address = first + PAGE_SIZE, .bytes = PAGE_SIZE}), first + PAGE_SIZE));
    CHECK(load(first + PAGE_SIZE) == 0);
    CHECK(is(os::munmap(first, 4 * PAGE_SIZE), 0));
    CHECK(is(touch_status(first), FAULT));
}

TEST_CASE("mmap: what is refused") {
    const std::uint64_t first = map(2);
    CHECK(is(os::mmap({.address = first, .bytes = PAGE_SIZE}), -abi::EXISTS));
    CHECK(is(os::mmap({.address = first + 1, .bytes = PAGE_SIZE}), -abi::INVALID));
    CHECK(is(os::mmap({.bytes = 0}), -abi::INVALID));
    CHECK(os::mmap({.bytes = ~0ULL}) < 0);
    CHECK(os::mmap({.bytes = 1ULL << 63}) < 0);
    CHECK(os::mmap({.address = KERNEL_OFFSET, .bytes = PAGE_SIZE}) < 0);
    CHECK(os::mmap({.address = USER_END, .bytes = PAGE_SIZE}) < 0);
    CHECK(os::mmap({.address = LIBRARY_BASE, .bytes = PAGE_SIZE}) < 0);
    CHECK(is(os::mmap({.bytes = PAGE_SIZE, .rights = Rights::all()}), -abi::INVALID));
    CHECK(is(os::mmap({.bytes = PAGE_SIZE, .flags = ~0ULL}), -abi::INVALID));
    CHECK(is(os::mmap({.bytes = PAGE_SIZE, .flags = abi::map::PRIVATE, .descriptor = 30}),
             -abi::BAD_DESCRIPTOR));
    CHECK(os::munmap(first + 1, PAGE_SIZE) < 0);
    CHECK(os::munmap(KERNEL_OFFSET, PAGE_SIZE) < 0);
    CHECK(os::munmap(first, ~0ULL << 12) < 0);
    const std::uint64_t too_many = USER_END - first + PAGE_SIZE;
    CHECK(is(os::munmap(first, too_many), -abi::INVALID));
    CHECK(is(os::mprotect(first, too_many, Rights::read()), -abi::INVALID));
    CHECK(is(os_mprotect(first, PAGE_SIZE, Rights::read().raw() | 8), -abi::INVALID));
    CHECK(is(os::advise(first, 2 * PAGE_SIZE, os::Advice::keep), 0));
    CHECK(is(os_advise(first, PAGE_SIZE, 99), -abi::INVALID));
    CHECK(is(os::advise(first, 3 * PAGE_SIZE, os::Advice::keep), -abi::FAULT));
    CHECK(is(os::munmap(first, 2 * PAGE_SIZE), 0));
}

TEST_CASE("mmap: memory that could not be kept anywhere is refused at once") {
    os::Statistics now{};
    REQUIRE(is(os::statistics(now), 0));
    // All there is, in pieces; what is refused is refused in words, and all comes back.
    constexpr std::uint64_t PIECE = 1024;
    std::array<std::uint64_t, 64> pieces{};
    std::size_t made = 0;
    std::int64_t last = 0;
    while (made < pieces.size() && (last = os::mmap({.bytes = PIECE * PAGE_SIZE})) > 0)
        pieces[made++] = static_cast<std::uint64_t>(last);
    CHECK(is(last, -abi::NO_MEMORY));
    CHECK(made * PIECE <= now.frames + now.swap_slots);
    // Nor is there room for a second program, or for another one in this one's place.
    while (os::mmap({.bytes = 16 * PAGE_SIZE}) > 0) {
    }
    CHECK(is(status_of([] { return 0; }), -abi::NO_MEMORY));
    constexpr std::array<std::string_view, 1> words{"true"};
    CHECK(is(os::exec("/bin/true", words), -abi::NO_MEMORY));
    for (std::size_t i = 0; i < made; ++i)
        CHECK(is(os::munmap(pieces[i], PIECE * PAGE_SIZE), 0));
}

TEST_CASE("mprotect: rights are taken and given back") {
    const std::uint64_t first = map(3);
    store(first + PAGE_SIZE, 5);
    CHECK(is(os::mprotect(first + PAGE_SIZE, PAGE_SIZE, Rights::read()), 0));
    CHECK(load(first + PAGE_SIZE) == 5);
    CHECK(is(touch_status(first + PAGE_SIZE), FAULT));
    CHECK(is(touch_status(first), 0));
    CHECK(is(os::mprotect(first + PAGE_SIZE, PAGE_SIZE, Rights::none()), 0));
    CHECK(is(status_of([&] { return load(first + PAGE_SIZE); }), FAULT));
    CHECK(is(os::mprotect(first + PAGE_SIZE, PAGE_SIZE, Rights::read_write()), 0));
    CHECK(load(first + PAGE_SIZE) == 5);
    CHECK(os::mprotect(first, PAGE_SIZE, Rights::all()) < 0);
    CHECK(os::mprotect(first + 3 * PAGE_SIZE, PAGE_SIZE, Rights::read()) < 0);
    CHECK(os::mprotect(KERNEL_OFFSET + KERNEL_LOAD, PAGE_SIZE, Rights::read_write()) < 0);
    CHECK(is(os::munmap(first, 3 * PAGE_SIZE), 0));
}

TEST_CASE("mapped file: private stores stay private, shared ones reach the file") {
    REQUIRE(make_file("f", "abcdef"));
    const std::int64_t file = os::open("f", os::READ_WRITE);
    CHECK(is(
        os::mmap({.bytes = PAGE_SIZE, .flags = abi::map::PRIVATE, .descriptor = file, .offset = 1}),
        -abi::INVALID));
    const auto mapped = static_cast<std::uint64_t>(
        os::mmap({.bytes = PAGE_SIZE, .flags = abi::map::PRIVATE, .descriptor = file}));
    CHECK(load(mapped + 2) == 'c');
    CHECK(load(mapped + 6) == 0);
    store(mapped, 'X');
    CHECK(is(os::munmap(mapped, PAGE_SIZE), 0));
    CHECK(holds("f", "abcdef"));
    const auto shared = static_cast<std::uint64_t>(
        os::mmap({.bytes = PAGE_SIZE, .flags = abi::map::SHARED, .descriptor = file}));
    REQUIRE(static_cast<std::int64_t>(shared) > 0);
    os::close(file);
    CHECK(is(touch_status(shared + 1), 0)); // by a child: it is one page for both
    CHECK(load(shared + 1) == 1);
    store(shared + 1, 'Y');
    CHECK(is(os::munmap(shared, PAGE_SIZE), 0));
    CHECK(holds("f", "aYcdef"));
    os::unlink("f");
}

TEST_CASE("mapped file: a shared one of a writable descriptor may become writable later") {
    REQUIRE(make_file("f", "abc"));
    const std::int64_t file = os::open("f", os::READ_WRITE);
    const auto shared = static_cast<std::uint64_t>(os::mmap({.bytes = PAGE_SIZE,
                                                             .rights = Rights::read(),
                                                             .flags = abi::map::SHARED,
                                                             .descriptor = file}));
    os::close(file);
    CHECK(is(touch_status(shared), FAULT));
    CHECK(is(os::mprotect(shared, PAGE_SIZE, Rights::read_write()), 0));
    store(shared, 'X');
    CHECK(is(os::mprotect(shared, PAGE_SIZE, Rights::none()), 0));
    CHECK(is(os::munmap(shared, PAGE_SIZE), 0));
    CHECK(holds("f", "Xbc"));
    os::unlink("f");
}

TEST_CASE("mapped file: it lives while it is mapped, and rights are those of the descriptor") {
    REQUIRE(make_file("f", "abc"));
    const std::int64_t file = os::open("f");
    CHECK(is(os::mmap({.bytes = PAGE_SIZE, .flags = abi::map::SHARED, .descriptor = file}),
             -abi::PERMISSION));
    const auto mapped = static_cast<std::uint64_t>(os::mmap({.bytes = PAGE_SIZE,
                                                             .rights = Rights::read(),
                                                             .flags = abi::map::PRIVATE,
                                                             .descriptor = file}));
    const auto shared = static_cast<std::uint64_t>(os::mmap({.bytes = PAGE_SIZE,
                                                             .rights = Rights::read(),
                                                             .flags = abi::map::SHARED,
                                                             .descriptor = file}));
    os::close(file);
    CHECK(is(os::unlink("f"), 0));
    CHECK(load(mapped + 1) == 'b');
    CHECK(is(os::mprotect(mapped, PAGE_SIZE, Rights::read_write()), 0));
    CHECK(is(os::mprotect(shared, PAGE_SIZE, Rights::read_write()), -abi::PERMISSION));
    CHECK(is(touch_status(shared), FAULT));
    CHECK(is(os::munmap(mapped, PAGE_SIZE), 0));
    CHECK(is(os::munmap(shared, PAGE_SIZE), 0));
}

TEST_CASE("mapped file: one that is not open for writing stays so, its neighbours do not") {
    REQUIRE(make_file("f", "abc"));
    const std::int64_t file = os::open("f");
    const std::uint64_t first = map(3, Rights::read());
    const std::uint64_t middle = first + PAGE_SIZE;
    CHECK(is(os::munmap(middle, PAGE_SIZE), 0));
    REQUIRE(is(os::mmap({.address = middle,
                         .bytes = PAGE_SIZE,
                         .rights = Rights::read(),
                         .flags = abi::map::SHARED,
                         .descriptor = file}),
               static_cast<std::int64_t>(middle)));
    os::close(file);
    CHECK(is(os::mprotect(middle, PAGE_SIZE, Rights::read_write()), -abi::PERMISSION));
    CHECK(is(os::mprotect(first, 3 * PAGE_SIZE, Rights::read_write()), -abi::PERMISSION));
    CHECK(is(touch_status(middle), FAULT));
    CHECK(is(os::mprotect(first, PAGE_SIZE, Rights::read_write()), 0));
    CHECK(is(os::mprotect(middle + PAGE_SIZE, PAGE_SIZE, Rights::read_write()), 0));
    CHECK(is(os::munmap(first, 3 * PAGE_SIZE), 0));
    os::unlink("f");
}

TEST_CASE(
    "mapped file: a shared mapping may be longer than its file, and ends where the file does") {
    REQUIRE(make_file("f", "abc"));
    const std::int64_t file = os::open("f", os::READ_WRITE);
    const auto mapped = static_cast<std::uint64_t>(
        os::mmap({.bytes = 4 * PAGE_SIZE, .flags = abi::map::SHARED, .descriptor = file}));
    REQUIRE(static_cast<std::int64_t>(mapped) > 0);
    CHECK(load(mapped + 2) == 'c');
    CHECK(load(mapped + 3) == 0);
    CHECK(load(mapped + PAGE_SIZE - 1) == 0);
    for (const std::uint64_t page : {1, 3}) {
        CHECK(is(status_of([&] { return load(mapped + page * PAGE_SIZE); }), FAULT));
        CHECK(is(touch_status(mapped + page * PAGE_SIZE), FAULT));
        CHECK(is(os_write(os::OUTPUT, reinterpret_cast<void*>(mapped + page * PAGE_SIZE), 1),
                 -abi::FAULT));
    }
    store(mapped + 3, 'X'); // behind the end: it goes nowhere
    CHECK(is(os::seek(file, 2 * PAGE_SIZE), 2 * PAGE_SIZE));
    CHECK(is(os::write(file, "d"), 1));
    CHECK(load(mapped + 2 * PAGE_SIZE) == 'd'); // the file has grown
    CHECK(load(mapped + PAGE_SIZE) == 0);
    CHECK(is(touch_status(mapped + 3 * PAGE_SIZE), FAULT));
    const auto behind = static_cast<std::uint64_t>(os::mmap({.bytes = PAGE_SIZE,
                                                             .rights = Rights::read(),
                                                             .flags = abi::map::SHARED,
                                                             .descriptor = file,
                                                             .offset = 8 * PAGE_SIZE}));
    REQUIRE(static_cast<std::int64_t>(behind) > 0);
    CHECK(is(status_of([&] { return load(behind); }), FAULT));
    CHECK(is(os::munmap(behind, PAGE_SIZE), 0));
    CHECK(is(os::munmap(mapped, 4 * PAGE_SIZE), 0));
    os::close(file);
    os::unlink("f");
}

TEST_CASE(
    "mapped file: what one has stored is in the file when its mapping ends, not the last one") {
    REQUIRE(make_file("f", "abc"));
    const std::int64_t file = os::open("f", os::READ_WRITE);
    const auto mapped = static_cast<std::uint64_t>(
        os::mmap({.bytes = PAGE_SIZE, .flags = abi::map::SHARED, .descriptor = file}));
    os::close(file);
    CHECK(load(mapped) == 'a');
    CHECK(is(touch_status(mapped + 1), 0)); // by a child, which ends
    CHECK(holds("f", "a\x01"
                     "c"));
    CHECK(is(os::munmap(mapped, PAGE_SIZE), 0));
    os::unlink("f");
}

TEST_CASE("mapped file: a page that was only read is not written back") {
    REQUIRE(make_file("f", "abc"));
    const std::int64_t file = os::open("f", os::READ_WRITE);
    const auto mapped = static_cast<std::uint64_t>(
        os::mmap({.bytes = PAGE_SIZE, .flags = abi::map::SHARED, .descriptor = file}));
    os::close(file);
    os::Statistics before{};
    os::statistics(before);
    CHECK(load(mapped) == 'a');
    CHECK(is(status_of([&] { return load(mapped + 1); }), 'b')); // a child has it mapped, too
    CHECK(is(os::munmap(mapped, PAGE_SIZE), 0));
    os::Statistics after{};
    os::statistics(after);
    CHECK(after.pages_out == before.pages_out);
    os::unlink("f");
}

TEST_CASE("memory: it becomes smaller for all, and larger again") {
    os::Statistics now{};
    REQUIRE(is(os::statistics(now), 0));
    const auto all = static_cast<std::int64_t>(now.frames);
    CHECK(is(os::memory(0), -abi::NO_MEMORY));
    CHECK(is(os::memory(now.frames - 64), all));
    CHECK(is(os::memory(now.frames), all - 64));
    os::statistics(now);
    CHECK(is(static_cast<std::int64_t>(now.frames), all));
}

TEST_CASE("stack: deep calls are fine, endless ones end one process") {
    CHECK(is(status_of([] { return static_cast<std::int64_t>(recur(40)) * 0; }), 0));
    CHECK(is(status_of([] { return static_cast<std::int64_t>(recur(100000)); }), FAULT));
    const std::uint64_t slot = reinterpret_cast<std::uint64_t>(&touch_status) & ~(SLOT_SIZE - 1);
    CHECK(is(touch_status(slot + STACK_END - STACK_LIMIT), 0));
    CHECK(is(touch_status(slot + STACK_END - STACK_LIMIT - 1), FAULT));
}

TEST_CASE("bad address: loads, stores and jumps of all kinds end one process") {
    constexpr std::array<std::uint64_t, 7> ADDRESSES{
        0, 8, MAP_END - PAGE_SIZE, USER_END, KERNEL_OFFSET + KERNEL_LOAD, 1ULL << 62, ~0ULL};
    for (const std::uint64_t address : ADDRESSES) {
        CHECK(is(touch_status(address), FAULT));
        CHECK(is(status_of([&] { return load(address); }), FAULT));
        CHECK(is(status_of([&] {
                     reinterpret_cast<void (*)()>(address & ~1ULL)();
                     return 0;
                 }),
                 FAULT));
    }
    const auto own_code = reinterpret_cast<std::uint64_t>(&touch_status);
    CHECK(is(touch_status(own_code), FAULT));
    // What is no code is not executed, though it could be.
    constexpr std::uint32_t RETURN = 0x00008067;
    static const std::uint32_t constant = RETURN;
    static constinit std::uint32_t variable = RETURN;
    for (const std::uint32_t* const data :
         {&constant, static_cast<const std::uint32_t*>(&variable)})
        CHECK(is(status_of([=] {
                     reinterpret_cast<void (*)()>(reinterpret_cast<std::uint64_t>(data))();
                     return 0;
                 }),
                 FAULT));
}
