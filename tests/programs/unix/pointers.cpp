// Every call that takes an address, with addresses that the program has no right to use.
// SPDX-License-Identifier: MIT
#include "checks.hpp"

using namespace unix_tests;

namespace {

// Where a call must not read, and those where it must not write.
constexpr std::array<std::uint64_t, 11> NOT_READABLE{0,
                                                     8,
                                                     PROGRAM_SLOTS + 30 * SLOT_SIZE,
                                                     MAP_END - PAGE_SIZE,
                                                     USER_END,
                                                     1ULL << 38,
                                                     1ULL << 39,
                                                     1ULL << 62,
                                                     KERNEL_OFFSET,
                                                     KERNEL_OFFSET + KERNEL_LOAD,
                                                     ~0ULL - 7};

template <class T>
T* at(std::uint64_t address) {
    return reinterpret_cast<T*>(address);
}

// A page that can be read and not written.
std::uint64_t read_only_page() {
    return static_cast<std::uint64_t>(os::mmap({.bytes = PAGE_SIZE, .rights = Rights::read()}));
}

} // namespace

TEST_CASE("pointers: paths") {
    for (const std::uint64_t address : NOT_READABLE) {
        const char* path = at<const char>(address);
        CHECK(is(os_open(path, 4, os::READ), -abi::FAULT));
        CHECK(is(os_mkdir(path, 4), -abi::FAULT));
        CHECK(is(os_mknod(path, 4, 1, 0), -abi::FAULT));
        CHECK(is(os_unlink(path, 4), -abi::FAULT));
        CHECK(is(os_chdir(path, 4), -abi::FAULT));
        CHECK(is(os_link(path, 4, "x", 1), -abi::FAULT));
        CHECK(is(os_link("/README", 7, path, 4), -abi::FAULT));
        CHECK(is(os_exec(path, 4, nullptr, 0), -abi::FAULT));
    }
}

TEST_CASE("pointers: paths of impossible length") {
    constexpr std::string_view path = "/README";
    for (const std::uint64_t bytes : {~0ULL, 1ULL << 63, 1ULL << 40, 1ULL << 20}) {
        CHECK(os_open(path.data(), bytes, os::READ) < 0);
        CHECK(os_unlink(path.data(), bytes) < 0);
        CHECK(os_exec(path.data(), bytes, nullptr, 0) < 0);
    }
}

TEST_CASE("pointers: bytes to write") {
    REQUIRE(make_file("f", "abc"));
    const std::int64_t file = os::open("f", os::READ_WRITE);
    for (const std::uint64_t address : NOT_READABLE) {
        CHECK(is(os_write(os::OUTPUT, at<void>(address), 8), -abi::FAULT));
        CHECK(is(os_write(file, at<void>(address), 8), -abi::FAULT));
        CHECK(is(os_write(file, at<void>(address), 0), 0));
    }
    os::close(file);
    CHECK(holds("f", "abc"));
    os::unlink("f");
}

TEST_CASE("pointers: room to read into, and results") {
    const std::uint64_t constant = read_only_page();
    const std::int64_t file = os::open("/README");
    const auto check_all = [&](std::uint64_t address) {
        CHECK(is(os_read(file, at<void>(address), 8), -abi::FAULT));
        CHECK(is(os_fstat(file, at<void>(address)), -abi::FAULT));
        CHECK(is(os_pipe(at<std::int64_t>(address)), -abi::FAULT));
        CHECK(is(os_statistics(at<void>(address), sizeof(os::Statistics)), -abi::FAULT));
        CHECK(is(os_processes(at<void>(address), 2), -abi::FAULT));
    };
    for (const std::uint64_t address : NOT_READABLE)
        check_all(address);
    check_all(constant);
    check_all(reinterpret_cast<std::uint64_t>(&read_only_page));
    std::array<char, 1> byte{};
    CHECK(is(os::read(file, std::span(byte)), 1)); // nothing was taken by the failed ones
    CHECK(byte[0] == 'T');
    os::close(file);
    os::munmap(constant, PAGE_SIZE);
}

TEST_CASE("pointers: what begins well and ends badly") {
    const auto pages = static_cast<std::uint64_t>(os::mmap({.bytes = 2 * PAGE_SIZE}));
    REQUIRE(is(os::munmap(pages + PAGE_SIZE, PAGE_SIZE), 0));
    const std::uint64_t last = pages + PAGE_SIZE - 4;
    for (std::uint64_t i = 0; i < 4; ++i)
        store(last + i, 'n');
    CHECK(is(os_open(at<char>(last), 5, os::READ), -abi::FAULT));
    CHECK(is(os_open(at<char>(last), 4, os::READ), -abi::NOT_FOUND));
    CHECK(is(os_pipe(at<std::int64_t>(pages + PAGE_SIZE - 8)), -abi::FAULT));
    const std::int64_t file = os::open("f", os::READ_WRITE | os::CREATE);
    const std::int64_t written = os_write(file, at<void>(last), 8);
    CHECK((written == 4 || written == -abi::FAULT));
    os::Stat stat{};
    CHECK(is(os::fstat(file, stat), 0));
    CHECK(stat.size == (written == 4 ? 4 : 0));
    os::close(file);
    os::unlink("f");
    // Descriptors that a failed pipe made are closed again.
    Ends pipe{};
    CHECK(is(os::pipe(pipe), 0));
    CHECK(is(pipe[0], 3));
    close_both(pipe);
    os::munmap(pages, PAGE_SIZE);
}

TEST_CASE("pointers: more room than there are bytes is no matter, touched before or not") {
    REQUIRE(make_file("f", "abc"));
    const std::int64_t file = os::open("f");
    for (int i = 0; i < 2; ++i) {
        const auto page = static_cast<std::uint64_t>(os::mmap({.bytes = PAGE_SIZE}));
        if (i == 1)
            store(page, 0);
        os::seek(file, 0);
        CHECK(is(os_read(file, at<void>(page + PAGE_SIZE - 4), PAGE_SIZE), 3));
        CHECK(is(os_read(file, at<void>(page + PAGE_SIZE - 4), PAGE_SIZE), 0));
        CHECK(load(page + PAGE_SIZE - 2) == 'c');
        os::seek(file, 0);
        CHECK(is(os_read(file, at<void>(page + PAGE_SIZE - 2), PAGE_SIZE), -abi::FAULT));
        os::munmap(page, PAGE_SIZE);
    }
    os::close(file);
    os::unlink("f");
}

TEST_CASE("pointers: pages that are not there yet are no bad addresses") {
    const auto pages = static_cast<std::uint64_t>(os::mmap({.bytes = 4 * PAGE_SIZE}));
    const std::int64_t file = os::open("/README");
    const std::int64_t count = os_read(file, at<void>(pages + PAGE_SIZE - 7), 300);
    CHECK(is(count, 300));
    CHECK(load(pages + PAGE_SIZE - 7) == 'T');
    CHECK(is(os_fstat(file, at<void>(pages + 2 * PAGE_SIZE - 16)), 0));
    const std::int64_t nothing = os::open("/dev/null", os::WRITE);
    CHECK(is(os_write(nothing, at<void>(pages + 3 * PAGE_SIZE), PAGE_SIZE), PAGE_SIZE));
    os::close(nothing);
    os::close(file);
    os::munmap(pages, 4 * PAGE_SIZE);
}

TEST_CASE("pointers: a short read needs no more memory than it fills, there or not") {
    const auto pages = static_cast<std::uint64_t>(os::mmap({.bytes = 2 * PAGE_SIZE}));
    REQUIRE(is(os::munmap(pages + PAGE_SIZE, PAGE_SIZE), 0));
    Ends pipe{};
    REQUIRE(is(os::pipe(pipe), 0));
    for (int round = 0; round < 2; ++round) { // in the first the page was never touched
        CHECK(is(os::write(pipe[1], "short"), 5));
        CHECK(is(os_read(pipe[0], at<void>(pages + 8), PAGE_SIZE), 5));
        CHECK(load(pages + 12) == 't');
    }
    close_both(pipe);
    os::munmap(pages, PAGE_SIZE);
}
