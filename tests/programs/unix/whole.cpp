// One read or write is whole, also when pages of its buffer have to come from the disk first.
// SPDX-License-Identifier: MIT
#include "checks.hpp"

using namespace unix_tests;

namespace {

constexpr std::uint64_t BYTES = 2 * PAGE_SIZE;
constinit std::array<char, PAGE_SIZE> block{};

void fill(std::string_view path, char letter, unsigned blocks) {
    block.fill(letter);
    const std::int64_t file = os::open(path, os::WRITE | os::CREATE | os::TRUNCATE);
    for (unsigned i = 0; i < blocks; ++i)
        CHECK(os::write(file, {block.data(), block.size()}) == PAGE_SIZE);
    os::close(file);
}

// "data", BYTES of 'a', and no page of it in memory any more: others took the cache's place.
void make_data_on_disk() {
    constexpr unsigned CACHE_BLOCKS = 256;
    fill("data", 'a', BYTES / PAGE_SIZE);
    fill("filler", 'f', CACHE_BLOCKS + 64);
    os::unlink("filler");
    os::sync();
}

// PATH's first BYTES, mapped, the first page of it in memory.
std::uint64_t map_file(std::string_view path) {
    const std::int64_t file = os::open(path);
    const auto mapped = static_cast<std::uint64_t>(os::mmap({.bytes = BYTES,
                                                             .rights = Rights::read(),
                                                             .flags = abi::map::PRIVATE,
                                                             .descriptor = file}));
    os::close(file);
    load(mapped);
    return mapped;
}

std::int64_t write_from(std::int64_t descriptor, std::uint64_t address) {
    return os_write(descriptor, reinterpret_cast<const void*>(address), BYTES);
}

// How long the longest run of 'a' in PATH is.
std::uint64_t longest_run(std::string_view path) {
    std::uint64_t longest = 0;
    std::uint64_t run = 0;
    const std::int64_t file = os::open(path);
    for (std::int64_t count = 0; (count = os::read(file, std::span(block))) > 0;)
        for (const char letter : std::span(block).first(static_cast<std::size_t>(count))) {
            run = letter == 'a' ? run + 1 : 0;
            longest = std::max(longest, run);
        }
    os::close(file);
    return longest;
}

// A write of "data" to "log", opened with FLAGS, beside a child that writes 'b' there, by the same
// open file or one of its own. Ends as longest_run says.
std::uint64_t run_beside_writer(std::uint64_t flags, bool own) {
    const std::int64_t log = os::open("log", os::WRITE | os::CREATE | os::TRUNCATE | flags);
    const std::int64_t other = child([&]() -> std::int64_t {
        const std::int64_t mine = own ? os::open("log", os::WRITE | flags) : log;
        for (;;) {
            os::write(mine, "b");
            os::yield();
        }
    });
    const std::uint64_t mapped = map_file("data");
    os::sleep(5 * os::TICKS_PER_MILLISECOND); // it writes by now
    CHECK(is(write_from(log, mapped), BYTES));
    os::kill(other);
    CHECK(is(wait_status(), KILLED));
    os::close(log);
    os::munmap(mapped, BYTES);
    return longest_run("log");
}

} // namespace

TEST_CASE("whole: nobody else's byte is inside of a write") {
    struct Case {
        std::uint64_t flags;
        bool own;
    };
    for (const Case& with : {Case{os::APPEND, true}, Case{os::APPEND, false}, Case{0, false}}) {
        make_data_on_disk();
        CHECK(run_beside_writer(with.flags, with.own) >= BYTES);
    }
    os::unlink("log");
    os::unlink("data");
}

TEST_CASE("whole: a read has nothing or all of a write") {
    make_data_on_disk();
    REQUIRE(make_file("log", ""));
    const std::uint64_t mapped = map_file("data");
    const std::int64_t reader = child([] {
        static constinit std::array<char, BYTES> found{};
        std::int64_t count = 0;
        while (count == 0) {
            const std::int64_t log = os::open("log");
            count = os::read(log, std::span(found));
            os::close(log);
            os::yield();
        }
        return count == BYTES ? 0 : 1;
    });
    REQUIRE(reader > 0);
    os::sleep(os::TICKS_PER_MILLISECOND);
    const std::int64_t log = os::open("log", os::WRITE);
    CHECK(is(write_from(log, mapped), BYTES));
    CHECK(is(wait_status(), 0));
    os::close(log);
    os::munmap(mapped, BYTES);
    os::unlink("log");
    os::unlink("data");
}

TEST_CASE("whole: a read beside another one of the same open file gets what stands together") {
    constexpr std::uint64_t BLOCKS = 64;
    constexpr std::uint64_t WORDS = PAGE_SIZE / 8;
    static constinit std::array<std::uint64_t, WORDS> words{};
    const std::int64_t numbers = os::open("numbers", os::READ_WRITE | os::CREATE);
    for (std::uint64_t i = 0; i < BLOCKS * WORDS; ++i) {
        words[i % WORDS] = i;
        if (i % WORDS == WORDS - 1)
            os::write(numbers, std::as_bytes(std::span(words)));
    }
    os::seek(numbers, 0);
    const std::int64_t other = child([&]() -> std::int64_t {
        std::array<std::byte, 8> word{};
        for (;;) {
            if (os::read(numbers, std::span(word)) == 0)
                os::seek(numbers, 0);
            os::yield();
        }
    });
    REQUIRE(other > 0);
    for (std::uint64_t i = 0; i < BLOCKS / 4; ++i) {
        const auto pages = static_cast<std::uint64_t>(os::mmap({.bytes = BYTES}));
        store(pages, 1); // the second one is not there
        // However far the other one came meanwhile; a half of the file is left.
        os::seek(numbers, static_cast<std::int64_t>(i * BYTES));
        CHECK(is(os_read(numbers, reinterpret_cast<void*>(pages), BYTES), BYTES));
        const auto* found = reinterpret_cast<const std::uint64_t*>(pages);
        CHECK(found[2 * WORDS - 1] - found[0] == 2 * WORDS - 1);
        os::munmap(pages, BYTES);
        os::sleep(os::TICKS_PER_MILLISECOND);
    }
    os::kill(other);
    wait_status();
    os::close(numbers);
    os::unlink("numbers");
}

TEST_CASE("whole: who is killed in the middle leaves the file to the others") {
    make_data_on_disk();
    const std::int64_t log = os::open("log", os::WRITE | os::CREATE | os::APPEND);
    for (std::uint64_t delay = 0; delay < 8; ++delay) {
        Ends ready{};
        REQUIRE(is(os::pipe(ready), 0));
        const std::int64_t writer = child([&]() -> std::int64_t {
            const std::uint64_t mapped = map_file("data");
            os::write(ready[1], ".");
            for (;;)
                write_from(log, mapped);
        });
        std::array<char, 1> byte{};
        CHECK(is(os::read(ready[0], std::span(byte)), 1));
        os::sleep(delay * os::TICKS_PER_MILLISECOND / 4);
        CHECK(is(os::kill(writer), 0));
        CHECK(is(os::write(log, "mine"), 4));
        CHECK(is(wait_status(), KILLED));
        CHECK(is(os::write(log, "mine"), 4));
        close_both(ready);
    }
    os::close(log);
    os::unlink("log");
    os::unlink("data");
}

TEST_CASE("whole: two that write to each other's mapped file, and one to its own, get done") {
    constexpr unsigned ROUNDS = 8;
    make_data_on_disk();
    fill("other", 'a', BYTES / PAGE_SIZE);
    const auto copy = [](std::string_view from, std::string_view to) {
        return child([=] {
            const std::int64_t file = os::open(to, os::WRITE);
            for (unsigned i = 0; i < ROUNDS; ++i) {
                const std::uint64_t mapped = map_file(from);
                os::seek(file, 0);
                if (write_from(file, mapped) != BYTES)
                    return 1;
                os::munmap(mapped, BYTES);
            }
            return 0;
        });
    };
    copy("data", "other");
    copy("other", "data");
    copy("data", "data");
    for (int i = 0; i < 3; ++i)
        CHECK(is(wait_status(), 0));
    CHECK(longest_run("data") == BYTES);
    CHECK(longest_run("other") == BYTES);
    os::unlink("data");
    os::unlink("other");
}

TEST_CASE("whole: long writes of two processes to a pipe do not mix") {
    constexpr std::size_t PIECE = 10'000; // more than a pipe holds
    constexpr unsigned PIECES = 6;
    static constinit std::array<char, PIECE> piece{};
    Ends pipe{};
    REQUIRE(is(os::pipe(pipe), 0));
    for (const char letter : {'a', 'b'})
        child([&] {
            piece.fill(letter);
            for (unsigned i = 0; i < PIECES; ++i)
                if (os::write(pipe[1], {piece.data(), PIECE}) != PIECE)
                    return 1;
            return 0;
        });
    os::close(pipe[1]);
    std::size_t all = 0;
    std::size_t run = 0;
    char before = '\0';
    bool whole = true;
    for (std::int64_t count = 0; (count = os::read(pipe[0], std::span(block))) > 0;)
        for (const char letter : std::span(block).first(static_cast<std::size_t>(count))) {
            whole = whole && (letter == before || run % PIECE == 0);
            run = letter == before ? run + 1 : 1;
            before = letter;
            ++all;
        }
    CHECK(whole);
    CHECK(all == 2 * PIECE * PIECES);
    CHECK(is(wait_status(), 0));
    CHECK(is(wait_status(), 0));
    os::close(pipe[0]);
}

TEST_CASE("whole: who is killed in the middle of a write to a pipe leaves it to the others") {
    Ends pipe{};
    REQUIRE(is(os::pipe(pipe), 0));
    static constinit std::array<char, 10'000> piece{};
    const std::int64_t writer = child([&] {
        return os::write(pipe[1], {piece.data(), piece.size()});
    });
    CHECK(row_in(os::ProcessState::asleep, writer).id != 0); // the pipe is full
    const std::int64_t next = child([&] { return os::write(pipe[1], "next") - 4; });
    CHECK(row_in(os::ProcessState::asleep, next).id != 0);
    CHECK(is(os::kill(writer), 0));
    CHECK(is(wait_status(), KILLED));
    CHECK(is(os::read(pipe[0], std::span(block)), PAGE_SIZE));
    CHECK(is(wait_status(), 0));
    CHECK(is(os::read(pipe[0], std::span(block)), 4));
    CHECK(block[3] == 't');
    close_both(pipe);
}
