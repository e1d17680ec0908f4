// Your policies on the host, where a test is quickly written. For learning: no points.
// SPDX-License-Identifier: MIT
//
//     cmake --build --preset default --target lab-03-tests && build/default/labs/lab-03-tests
//
// Add what you want to know.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include "memory.hpp"

#include <doctest/doctest.h>

namespace {

using Pages = std::vector<std::uint64_t>;

Queue queue_of(std::initializer_list<Resident> residents) {
    Queue queue;
    queue.residents = residents;
    return queue;
}

} // namespace

TEST_CASE("task 1: first in, first out") {
    Queue queue = queue_of({{7}, {3}, {12}});
    CHECK(FIFO(queue).raw() == 7);
    queue.kept = 7;
    CHECK(FIFO(queue).raw() == 3);
    Queue empty;
    CHECK(FIFO(empty) == empty.ring());
    CHECK(play({1, 2, 3, 1, 4}, 3, FIFO).victims == Pages{1});
}

TEST_CASE("task 2: clock passes what was used, once") {
    Queue queue = queue_of({{7, true}, {3, false}, {12, true}});
    CHECK(CLOCK(queue).raw() == 3);
    CHECK(queue.newest().raw() == 7); // passed, without its bit
    CHECK(!queue.residents.back().accessed);
    Queue used = queue_of({{7}, {3}, {12}});
    CHECK(CLOCK(used).raw() == 7);
    // 1, 2, 3 loaded. 4: all were used; all are cleared, 1 goes. 2 is used. 5: 2 is passed, 3 goes.
    CHECK(play({1, 2, 3, 4, 2, 5}, 3, CLOCK).victims == Pages{1, 3});
}

TEST_CASE("task 3: lru's age is eight rounds of history") {
    CHECK(vm::lru::aged(0, true) == 0x80);
    CHECK(vm::lru::aged(0x80, false) == 0x40);
    Queue queue = queue_of({{7, false, 0x80}, {3, true, 0}, {12, false, 0x20}});
    CHECK(LRU(queue).raw() == 12); // 0x40, 0x80, 0x10
}

TEST_CASE("task 5: own is sound") {
    Queue queue = queue_of({{7}, {3}, {12}});
    queue.kept = 7;
    const vm::FrameIndex victim = OWN(queue);
    CHECK((victim.raw() == 3 || victim.raw() == 12));
    Queue one = queue_of({{7}});
    one.kept = 7;
    CHECK(OWN(one) == one.ring());
}
