// Pipes: partial reads and writes, ends that are gone, whole small writes, nothing lost.
// SPDX-License-Identifier: MIT
#include "checks.hpp"

using namespace unix_tests;

TEST_CASE("pipe: bytes come in order, as many as there are") {
    Ends pipe{};
    REQUIRE(is(os::pipe(pipe), 0));
    CHECK(is(os::write(pipe[1], std::string_view("hello")), 5));
    std::array<char, 16> space{};
    CHECK(is(os::read(pipe[0], std::span(space).first(2)), 2));
    CHECK(space[0] == 'h' && space[1] == 'e');
    CHECK(is(os::read(pipe[0], std::span(space)), 3));
    CHECK(space[0] == 'l' && space[2] == 'o');
    close_both(pipe);
}

TEST_CASE("pipe: the end comes when nobody can write any more") {
    Ends pipe{};
    REQUIRE(is(os::pipe(pipe), 0));
    std::array<char, 4> space{};
    const std::int64_t writer =
        child([&] { return os::write(pipe[1], std::string_view("x")) - 1; });
    CHECK(writer > 0);
    os::close(pipe[1]);
    CHECK(is(os::read(pipe[0], std::span(space)), 1));
    CHECK(is(os::read(pipe[0], std::span(space)), 0));
    CHECK(is(os::read(pipe[0], std::span(space)), 0));
    CHECK(is(wait_status(), 0));
    os::close(pipe[0]);
}

TEST_CASE("pipe: to write where nobody reads is an error") {
    Ends pipe{};
    REQUIRE(is(os::pipe(pipe), 0));
    os::close(pipe[0]);
    CHECK(is(os::write(pipe[1], std::string_view("x")), -abi::BROKEN_PIPE));
    os::close(pipe[1]);
}

TEST_CASE("pipe: a writer that sleeps is told when the last reader goes") {
    Ends pipe{};
    REQUIRE(is(os::pipe(pipe), 0));
    static constinit std::array<char, 6000> bytes{};
    child([&] {
        os::close(pipe[0]);
        const std::int64_t first = os::write(pipe[1], {bytes.data(), bytes.size()});
        const bool told = first == -abi::BROKEN_PIPE || first == 4096;
        return told ? 0 : 1;
    });
    os::close(pipe[1]);
    os::sleep(os::TICKS_PER_MILLISECOND); // by then it has filled the pipe
    os::close(pipe[0]);
    CHECK(is(wait_status(), 0));
}

TEST_CASE("pipe: each end has one direction") {
    Ends pipe{};
    REQUIRE(is(os::pipe(pipe), 0));
    std::array<char, 4> space{};
    CHECK(is(os::read(pipe[1], std::span(space)), -abi::BAD_DESCRIPTOR));
    CHECK(is(os::write(pipe[0], std::string_view("x")), -abi::BAD_DESCRIPTOR));
    os::Stat stat{};
    CHECK(is(os::fstat(pipe[0], stat), 0));
    CHECK(stat.type == os::FileType::pipe);
    close_both(pipe);
    CHECK(is(os::close(pipe[0]), -abi::BAD_DESCRIPTOR));
}

TEST_CASE("pipe: a write larger than the pipe comes through whole, read in odd pieces") {
    constexpr std::size_t BYTES = 20000;
    static constinit std::array<char, BYTES> bytes{};
    Ends pipe{};
    REQUIRE(is(os::pipe(pipe), 0));
    child([&] {
        for (std::size_t i = 0; i < BYTES; ++i)
            bytes[i] = static_cast<char>(i * 7 + i / 251);
        return os::write(pipe[1], {bytes.data(), BYTES}) == BYTES ? 0 : 1;
    });
    os::close(pipe[1]);
    std::size_t at = 0;
    bool same = true;
    for (std::size_t step = 1;; step = step * 5 % 997 + 1) {
        std::array<char, 1000> space{};
        const std::int64_t count = os::read(pipe[0], std::span(space).first(step));
        if (count <= 0)
            break;
        for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i, ++at)
            same = same && space[i] == static_cast<char>(at * 7 + at / 251);
    }
    CHECK(same);
    CHECK(at == BYTES);
    CHECK(is(wait_status(), 0));
    os::close(pipe[0]);
}

TEST_CASE("pipe: writes of up to 512 bytes of two processes do not mix") {
    constexpr std::size_t PIECE = 512;
    constexpr unsigned PIECES = 40;
    Ends pipe{};
    REQUIRE(is(os::pipe(pipe), 0));
    for (const char letter : {'a', 'b'})
        child([&] {
            std::array<char, PIECE> piece{};
            piece.fill(letter);
            for (unsigned i = 0; i < PIECES; ++i)
                if (os::write(pipe[1], {piece.data(), piece.size()}) != PIECE)
                    return 1;
            return 0;
        });
    os::close(pipe[1]);
    std::size_t run = 0;
    char before = '\0';
    bool whole = true;
    std::array<char, 300> space{};
    std::int64_t count = 0;
    std::size_t all = 0;
    while ((count = os::read(pipe[0], std::span(space))) > 0)
        for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i, ++all) {
            if (space[i] != before)
                whole = whole && run % PIECE == 0;
            run = space[i] == before ? run + 1 : 1;
            before = space[i];
        }
    CHECK(whole);
    CHECK(all == 2 * PIECE * PIECES);
    CHECK(is(wait_status(), 0));
    CHECK(is(wait_status(), 0));
    os::close(pipe[0]);
}

TEST_CASE("pipe: a read to a bad address loses nothing") {
    Ends pipe{};
    REQUIRE(is(os::pipe(pipe), 0));
    CHECK(is(os::write(pipe[1], std::string_view("abc")), 3));
    CHECK(is(os_read(pipe[0], nullptr, 3), -abi::FAULT));
    std::array<char, 4> space{};
    CHECK(is(os::read(pipe[0], std::span(space)), 3));
    CHECK(space[0] == 'a' && space[2] == 'c');
    close_both(pipe);
}

TEST_CASE("pipe: a write from a bad address writes nothing") {
    Ends pipe{};
    REQUIRE(is(os::pipe(pipe), 0));
    CHECK(is(os_write(pipe[1], nullptr, 3), -abi::FAULT));
    os::close(pipe[1]);
    std::array<char, 4> space{};
    CHECK(is(os::read(pipe[0], std::span(space)), 0));
    os::close(pipe[0]);
}

TEST_CASE("pipe: descriptors and pipes run out in words, and come back") {
    std::array<Ends, 40> pipes{};
    std::size_t made = 0;
    std::int64_t result = 0;
    while (made < pipes.size() && (result = os::pipe(pipes[made])) == 0)
        ++made;
    CHECK(is(result, -abi::TOO_MANY));
    CHECK(made >= 12);
    for (std::size_t i = 0; i < made; ++i)
        close_both(pipes[i]);
    CHECK(is(os::pipe(pipes[0]), 0));
    close_both(pipes[0]);
}
