// Mapped files: private and shared, their rights, their ends, and what reaches the file when.
// SPDX-License-Identifier: MIT
#include "checks.hpp"

using namespace unix_tests;

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
