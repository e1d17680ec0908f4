// Memory: heap, mappings of nothing, rights, limits, the stack.
// SPDX-License-Identifier: MIT
#include "checks.hpp"

using namespace unix_tests;

namespace {

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

// Whatever a structure makes of advice, the memory is as without.
TEST_CASE("advise: changes of a region that is handled on its own are as of any other") {
    constexpr std::uint64_t PAGES = 128;
    constexpr std::uint64_t HOLE = 40; // so many pages from the first on; one page
    const std::uint64_t first = map(PAGES);
    const auto page = [&](std::uint64_t number) { return first + number * PAGE_SIZE; };
    const auto wrong = [&] {
        std::int64_t found = 0;
        for (std::uint64_t i = 0; i < PAGES - 8; ++i)
            found += i != HOLE && load(page(i)) != i % 251 ? 1 : 0;
        return found;
    };
    // Who heeds this gives the region few frames.
    CHECK(is(os::advise(first, PAGES * PAGE_SIZE, os::Advice::once), 0));
    for (std::uint64_t i = 0; i < PAGES - 8; ++i) // the last ones stay untouched
        store(page(i), static_cast<std::uint8_t>(i % 251));
    CHECK(is(wrong(), 0));
    // A hole, and another region in it.
    CHECK(is(os::mmap({.address = page(HOLE), .bytes = PAGE_SIZE}), -abi::EXISTS));
    CHECK(is(os::munmap(page(HOLE), PAGE_SIZE), 0));
    CHECK(is(touch_status(page(HOLE)), FAULT));
    CHECK(is(os::mmap({.address = page(HOLE), .bytes = PAGE_SIZE}), page(HOLE)));
    CHECK(load(page(HOLE)) == 0);
    store(page(HOLE), 9);
    // Rights across all of them, and what a child has of each.
    CHECK(is(os::mprotect(page(HOLE - 2), 4 * PAGE_SIZE, Rights::read()), 0));
    CHECK(is(os::mprotect(page(7), PAGE_SIZE, Rights::none()), 0));
    CHECK(is(touch_status(page(HOLE - 2)), FAULT));
    CHECK(is(status_of([&] { return load(page(7)); }), FAULT));
    CHECK(is(os::mprotect(page(7), PAGE_SIZE, Rights::read_write()), 0));
    CHECK(is(status_of([&] {
                 for (std::uint64_t i = 0; i < 8; ++i)
                     store(page(i), 255);
                 return load(page(HOLE)) == 9 && load(page(PAGES - 1)) == 0 ? 0 : 1;
             }),
             0));
    CHECK(is(status_of(wrong), 0));
    CHECK(is(wrong(), 0));
    CHECK(is(status_of([&] {
                 store(page(PAGES - 1), 1);
                 return status_of(wrong);
             }),
             0));
    // A child that is gone took nothing with it, and advises for itself.
    CHECK(is(status_of([] {
                 const std::uint64_t own = map(PAGES);
                 const std::int64_t advised =
                     os::advise(own, PAGES * PAGE_SIZE, os::Advice::cyclic);
                 for (std::uint64_t i = 0; i < PAGES; ++i)
                     store(own + i * PAGE_SIZE, 1);
                 return advised;
             }),
             0));
    CHECK(is(os::munmap(first, PAGES * PAGE_SIZE), 0));
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
