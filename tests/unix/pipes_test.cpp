// Pipes alone: the ring, its ends, and pages that are not there.
// SPDX-License-Identifier: MIT
#include "services/unix/pipes.hpp"
#include "text.hpp"

#include <doctest/doctest.h>

#include <random>
#include <vector>

namespace {

using unix::PipeIndex;
using unix::Pipes;

struct World {
    std::vector<std::byte> storage;
    Pipes pipes;
    explicit World(std::size_t count = 2) : storage(count * Pipes::BYTES) { pipes.set_up(storage); }

    Result<std::uint64_t> write(PipeIndex pipe, std::string_view text) {
        TextSource source{.text = text};
        return pipes.write(pipe, text.size(), source);
    }
    std::string read(PipeIndex pipe, std::uint64_t count) {
        TextDestination destination;
        const Result<std::uint64_t> done = pipes.read(pipe, count, destination);
        CHECK((!done || *done == destination.text.size()));
        return done ? destination.text : std::string(to_words(done.error()));
    }
};

} // namespace

TEST_CASE("pipes: as many as there is storage for, and each place again") {
    World world(2);
    CHECK(world.pipes.capacity() == 2);
    const PipeIndex first = *world.pipes.create();
    const PipeIndex second = *world.pipes.create();
    CHECK(world.pipes.create().error() == Error::too_many);
    CHECK(world.pipes.in_use() == 2);
    CHECK(*world.write(first, "left over") == 9);
    world.pipes.close(first, Pipes::End::reading);
    CHECK(world.pipes.create().error() == Error::too_many);
    world.pipes.close(first, Pipes::End::writing);
    CHECK(world.pipes.in_use() == 1);
    CHECK(*world.pipes.create() == first);
    CHECK(world.read(first, 10) == "would block");
    world.pipes.close(second, Pipes::End::writing);
    CHECK(world.read(second, 10) == "");
    World most(unix::PIPES + 1);
    CHECK(most.pipes.capacity() == unix::PIPES);
    CHECK(Pipes().create().error() == Error::too_many);
}

TEST_CASE("pipes: partial reads, the end, and nobody to read") {
    World world;
    const PipeIndex pipe = *world.pipes.create();
    CHECK(world.read(pipe, 1) == "would block");
    CHECK(world.read(pipe, 0) == "");
    CHECK(*world.write(pipe, "hello") == 5);
    CHECK(world.pipes.size(pipe) == 5);
    CHECK(world.read(pipe, 2) == "he");
    CHECK(world.read(pipe, 100) == "llo");
    CHECK(*world.write(pipe, "rest") == 4);
    world.pipes.close(pipe, Pipes::End::writing);
    CHECK(world.read(pipe, 100) == "rest");
    CHECK(world.read(pipe, 100) == "");

    const PipeIndex other = *world.pipes.create();
    world.pipes.close(other, Pipes::End::reading);
    CHECK(world.write(other, "x").error() == Error::broken_pipe);
    CHECK(world.write(other, "").error() == Error::broken_pipe);
}

TEST_CASE("pipes: a long write is partial, a short one whole or not at all") {
    World world;
    const PipeIndex pipe = *world.pipes.create();
    CHECK(*world.write(pipe, std::string(5'000, 'a')) == Pipes::BYTES);
    CHECK(world.write(pipe, "b").error() == Error::would_block);
    CHECK(*world.write(pipe, "") == 0);
    CHECK(world.read(pipe, Pipes::ATOMIC - 1).size() == Pipes::ATOMIC - 1);
    CHECK(world.write(pipe, std::string(Pipes::ATOMIC, 'b')).error() == Error::would_block);
    CHECK(world.write(pipe, std::string(9'000, 'b')).error() == Error::would_block);
    CHECK(*world.write(pipe, std::string(Pipes::ATOMIC - 1, 'b')) == Pipes::ATOMIC - 1);
    CHECK(world.read(pipe, 1) == "a");
    CHECK(*world.write(pipe, "c") == 1);
}

TEST_CASE("pipes: a page that is not there loses no byte") {
    World world;
    const PipeIndex pipe = *world.pipes.create();
    // So that the next bytes stand on both sides of the ring's edge.
    CHECK(*world.write(pipe, std::string(Pipes::BYTES - 10, 'x')) == Pipes::BYTES - 10);
    CHECK(world.read(pipe, Pipes::BYTES) == std::string(Pipes::BYTES - 10, 'x'));
    const std::string text = "0123456789abcdefghij";
    for (const std::size_t limit : {0, 5, 10, 15}) {
        TextSource source{.text = text, .limit = limit, .why = Error::bad_address};
        // Short, so whole or not at all, though the part before the edge was there.
        CHECK(world.pipes.write(pipe, text.size(), source).error() == Error::bad_address);
        CHECK(world.read(pipe, 1) == "would block");
    }
    CHECK(*world.write(pipe, text) == text.size());
    TextDestination none{.limit = 9};
    CHECK(world.pipes.read(pipe, 20, none).error() == Error::not_mapped);
    CHECK(none.text.empty());
    TextDestination some{.limit = 19};
    CHECK(*world.pipes.read(pipe, 20, some) == 10);
    CHECK(some.text == "0123456789");
    CHECK(world.read(pipe, 20) == "abcdefghij");

    // A long write keeps what it got, if it got anything.
    TextSource nothing{.text = text, .limit = 0, .why = Error::bad_address};
    CHECK(world.pipes.write(pipe, Pipes::ATOMIC + 1, nothing).error() == Error::bad_address);
    const std::string long_text(2'000, 'y');
    CHECK(*world.write(pipe, std::string(3'000, 'z')) == 3'000);
    CHECK(world.read(pipe, 3'000).size() == 3'000);
    TextSource source{.text = long_text, .limit = 1'500};
    CHECK(*world.pipes.write(pipe, 2'000, source) == 4'096 - 3'010);
    CHECK(world.read(pipe, 4'096) == std::string(4'096 - 3'010, 'y'));
}

TEST_CASE("pipes: random pieces come out as they went in, in order") {
    for (unsigned seed = 0; seed < 20; ++seed) {
        std::mt19937 random(seed);
        World world;
        const PipeIndex pipe = *world.pipes.create();
        std::string expected;
        char next = 'a';
        for (int i = 0; i < 3'000; ++i) {
            if (random() % 2 == 0) {
                const std::size_t count = random() % (i % 3 == 0 ? 5'000 : 50);
                std::string text(count, next);
                next = next == 'z' ? 'a' : static_cast<char>(next + 1);
                const std::size_t room = Pipes::BYTES - expected.size();
                const Result<std::uint64_t> done = world.write(pipe, text);
                const bool fits = room >= std::min<std::size_t>(count, Pipes::ATOMIC);
                REQUIRE(done.has_value() == (fits || count == 0));
                if (done) {
                    REQUIRE(*done == std::min(count, room));
                    expected += text.substr(0, *done);
                }
            } else {
                const std::size_t count = 1 + random() % 600;
                const std::string text = world.read(pipe, count);
                if (expected.empty()) {
                    REQUIRE(text == "would block");
                    continue;
                }
                REQUIRE(text == expected.substr(0, count));
                expected.erase(0, text.size());
            }
        }
    }
}
