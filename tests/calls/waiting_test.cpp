// Calls that wait: for time, and for the other end of a pipe.
// SPDX-License-Identifier: MIT
#include "programs.hpp"

namespace {

constexpr std::uint64_t NEVER = ~std::uint64_t{0};

} // namespace

TEST_CASE("calls: sleep is answered at its deadline, and never before") {
    Calls calls;
    RequestWords words = words_of(SystemCall::sleep, {500});
    REQUIRE(calls.serve(calls.first, words).must_wait);
    CHECK(calls.system.awaited(calls.world.first) == Event::deadline());
    const call::Request request{call::Request::Words(words)};
    CHECK(request.done() == 1'500);
    for (calls.threads.ticks = 1'001; calls.threads.ticks < 1'500; calls.threads.ticks += 83)
        CHECK(calls.serve(calls.first, words).must_wait);
    calls.threads.ticks = 1'500;
    CHECK(calls.serve(calls.first, words).answer == 0);

    RequestWords forever = words_of(SystemCall::sleep, {NEVER});
    Caller& child = calls.fork(calls.first);
    CHECK(calls.serve(child, forever).must_wait);
    calls.threads.ticks = NEVER - 1;
    CHECK(calls.serve(child, forever).must_wait);
    CHECK(calls.system.kill(child.id).has_value());
    CHECK(::words(calls.serve(child, forever).answer) == "interrupted");
}

TEST_CASE("calls: a program that exits lets go of its pipes, and those at the other ends hear") {
    Calls calls;
    Caller& parent = calls.fork(calls.first);
    const InUse before = in_use(calls);
    for (const unix::Way left : {unix::Way::in, unix::Way::out}) {
        const bool reader_stays = left == unix::Way::in;
        CAPTURE(reader_stays);
        const std::uint64_t ends_at = DATA.raw() + 64;
        REQUIRE(calls.call(parent, SystemCall::pipe, {ends_at}) == 0);
        const auto ends = calls.value<std::array<std::uint64_t, 2>>(parent, VirtAddr(ends_at));
        Caller& child = calls.fork(parent);
        const std::uint64_t mine = ends[reader_stays ? 0 : 1];
        const std::uint64_t other = ends[reader_stays ? 1 : 0];
        REQUIRE(calls.call(parent, SystemCall::close, {other}) == 0);
        REQUIRE(calls.call(child, SystemCall::close, {mine}) == 0);
        const std::uint64_t count = reader_stays ? 10 : unix::Pipes::BYTES + 1;
        RequestWords waits = words_of(reader_stays ? SystemCall::read : SystemCall::write,
                                      {mine, DATA.raw() + PAGE_SIZE, count});
        Tried tried = calls.serve(parent, waits);
        for (unsigned tries = 0;
             tries < 10 && tried.must_wait && calls.system.awaited(parent.index()) == Event::turn();
             ++tries) // a page had to be mended
            tried = calls.serve(parent, waits);
        REQUIRE(tried.must_wait);
        const Event event = calls.system.awaited(parent.index());
        calls.world.around.woken.clear();
        RequestWords exits = words_of(SystemCall::exit, {0});
        CHECK(calls.serve(child, exits).is_for_nobody);
        CHECK(calls.world.around.has_woken(event));
        tried = calls.serve(parent, waits);
        CHECK(!tried.must_wait);
        // The end; of a write, how much the pipe took, and only the next one fails.
        CHECK(tried.answer == (reader_stays ? 0 : unix::Pipes::BYTES));
        if (!reader_stays)
            CHECK(words(calls.call(parent, SystemCall::write, {mine, DATA.raw(), 1})) ==
                  "broken pipe");
        CHECK(calls.call(parent, SystemCall::close, {mine}) == 0);
        CHECK(calls.call(parent, SystemCall::wait, {}) != 0);
        CHECK(in_use(calls) == before);
    }
}

TEST_CASE("calls: who reads an empty pipe waits for it, is woken by a write, and reads on") {
    Calls calls;
    REQUIRE(calls.call(calls.first, SystemCall::pipe, {DATA.raw()}) == 0);
    const auto ends = calls.value<std::array<std::uint64_t, 2>>(calls.first, DATA);
    Caller& reader = calls.fork(calls.first);
    Caller& second = calls.fork(calls.first);
    const VirtAddr place = DATA + PAGE_SIZE;
    calls.set(calls.first, place, "abcdef");
    const Arguments arguments{ends[0], place.raw(), 4};
    RequestWords reads = words_of(SystemCall::read, arguments);
    RequestWords also_reads = words_of(SystemCall::read, arguments);
    REQUIRE(calls.serve(reader, reads).must_wait);
    REQUIRE(calls.serve(second, also_reads).must_wait);
    CHECK(reads == words_of(SystemCall::read, arguments)); // nothing moved
    const Event event = calls.system.awaited(reader.index());
    CHECK(event.is_woken());
    CHECK(event == calls.system.awaited(second.index()));
    // Woken for nothing, it waits again.
    CHECK(calls.serve(reader, reads).must_wait);
    calls.world.around.woken.clear();
    CHECK(calls.call(calls.first, SystemCall::write, {ends[1], place.raw(), 6}) == 6);
    CHECK(calls.world.around.has_woken(event));
    // The rest waits in the pipe for the second one, whose page is missing first.
    Tried tried = calls.serve(reader, reads);
    while (tried.must_wait && calls.system.awaited(reader.index()) == Event::turn())
        tried = calls.serve(reader, reads);
    CHECK(tried.answer == 4);
    CHECK(calls.memory.text(*reader.space, place, 4) == "abcd");
    CHECK(calls.call(second, SystemCall::read, arguments) == 2);
    CHECK(calls.memory.text(*second.space, place, 2) == "ef");
    // A kill ends the wait, and what was read before stays.
    RequestWords once_more = words_of(SystemCall::read, arguments);
    REQUIRE(calls.serve(reader, once_more).must_wait);
    REQUIRE(calls.system.kill(reader.id).has_value());
    CHECK(words(calls.serve(reader, once_more).answer) == "interrupted");
    CHECK(calls.memory.text(*reader.space, place, 4) == "abcd");
}
