// Lab 3's cases, task by task.
// SPDX-License-Identifier: MIT
#include "replacement_cases.hpp"

#include "replacement_builder.hpp"
#include "replacement_query.hpp"

namespace lab {

using namespace replacement;

namespace {

// Task 1.
void fifo(Cases& cases) {
    const auto ask = [&](const char* part, const char* words, const char* hint, RigCase query) {
        cases.ask("1", part, "fifo", words, hint, std::move(query));
    };
    for (unsigned i = 0; i < cases.times(); ++i) {
        Drawing queue = drawn(cases.numbers, cases.numbers.from_to(3, 14));
        ask("fifo: the oldest", "the oldest frame goes, used or not, and nothing is touched",
            "queue.oldest() is who came first.", choice("fifo", queue));
        queue.keep(0);
        ask("fifo: kept", "the frame that is being copied from stays: the next oldest goes",
            "queue.is_kept(frame), and queue.newer(frame) is the next one.", choice("fifo", queue));
        queue.keep(1 + cases.numbers.below(queue.frames.size() - 1));
        ask("fifo: kept", "another frame is kept: the oldest goes", "Only the kept one is spared.",
            choice("fifo", queue));
        Drawing one = drawn(cases.numbers, 1);
        one.keep(0);
        ask("fifo: kept", "the only frame is kept: nobody can go, which is queue.ring()",
            "The kept frame's newer() is ring() then.", choice("fifo", one));
        ask("fifo: trace", "each fault takes the page that has been there longest",
            "`lab debug` stops before the trace; the queue's order is the order of loading.",
            played("fifo", mixed(cases.numbers, cases.numbers.from_to(5, 9), 60 + i * 120)));
    }
    ask("fifo: one or none", "the only frame goes", "queue.oldest() is it.",
        choice("fifo", drawn(cases.numbers, 1)));
    ask("fifo: one or none", "there is no frame at all: nobody can go, which is queue.ring()",
        "queue.oldest() of an empty queue is ring(); it is no frame.",
        choice("fifo", drawn(cases.numbers, 0)));
}

// Task 2.
void clock(Cases& cases) {
    const auto ask = [&](const char* part, const char* words, const char* hint, RigCase query) {
        cases.ask("2", part, "clock", words, hint, std::move(query));
    };
    for (unsigned i = 0; i < cases.times(); ++i) {
        Drawing queue = drawn(cases.numbers, cases.numbers.from_to(5, 14));
        queue.frames[0].accessed = false;
        ask("clock: unused", "the oldest frame was not used and goes; no other loses its bit",
            "The hand stops at the first page that it finds unused.", choice("clock", queue));
        const std::uint64_t passed = cases.numbers.from_to(1, 4);
        for (std::uint64_t k = 0; k < passed; ++k)
            queue.frames[k].accessed = true;
        queue.frames[passed].accessed = false;
        ask("clock: second chance",
            "used frames lose their bit and go behind the newest, in their order; the first unused "
            "one goes, and behind it no bit is touched",
            "A used page is passed by the hand: clear its bit, move_to_newest, look again at the "
            "oldest.",
            choice("clock", queue));
        Drawing used = drawn(cases.numbers, cases.numbers.from_to(3, 14));
        for (auto& frame : used.frames)
            frame.accessed = true;
        ask("clock: all used",
            "all were used: all lose their bit, and the one that was oldest goes",
            "After one round every bit is clear, so the second round ends at once. No bit is asked "
            "for twice.",
            choice("clock", used));
        queue.keep(passed);
        ask("clock: kept", "the kept frame is passed, its bit is left alone",
            "Ask is_kept first: test_and_clear_accessed would clear the bit.",
            choice("clock", queue));
        used.keep(0);
        ask("clock: kept",
            "all were used and the oldest is kept: the next one goes, and the kept one keeps its "
            "bit",
            "When the round is over the oldest may be the kept one.", choice("clock", used));
        ask("clock: trace", "each fault takes the page that clock takes",
            "`lab debug` stops before the trace.",
            played("clock", mixed(cases.numbers, cases.numbers.from_to(6, 14), 120 + i * 100)));
    }
    Drawing one = drawn(cases.numbers, 1);
    one.keep(0);
    ask("clock: kept", "the only frame is kept: nobody can go, which is queue.ring()",
        "The loop must end when the frame that was newest at the start has been passed.",
        choice("clock", one));
    ask("clock: kept", "there is no frame at all: nobody can go, which is queue.ring()",
        "Look at the queue before you look at a frame.", choice("clock", drawn(cases.numbers, 0)));
}

// Task 3.
void lru(Cases& cases) {
    const auto ask = [&](const char* part, const char* words, const char* hint, RigCase query) {
        cases.ask("3", part, "lru", words, hint, std::move(query));
    };
    for (unsigned i = 0; i < cases.times(); ++i) {
        Drawing queue = drawn(cases.numbers, cases.numbers.from_to(5, 8));
        ask("lru: history",
            "each age moves right by one, with the accessed bit as its highest; the smallest goes",
            "age / 2, plus 128 if it was used; the bit is cleared, the frame goes behind the "
            "newest.",
            choice("lru", queue));
        Drawing large = drawn(cases.numbers, cases.numbers.from_to(10, 24));
        ask("lru: window", "the eight oldest are sampled, and nobody else",
            "WINDOW frames, each once: those that were sampled are the newest now.",
            choice("lru", large));
        Drawing equal = drawn(cases.numbers, cases.numbers.from_to(4, 12));
        const auto age = static_cast<std::uint8_t>(cases.numbers.below(256));
        for (auto& frame : equal.frames)
            frame = {frame.number, true, age};
        ask("lru: equal ages", "of equal ages the one that was sampled first goes",
            "A later one has to be smaller, not just as small.", choice("lru", equal));
        queue.frames[2].accessed = false;
        queue.frames[2].age = 0;
        queue.keep(2);
        ask("lru: kept", "the kept frame is sampled as well, but never goes, however old",
            "It is no candidate; its age is kept up all the same.", choice("lru", queue));
        ask("lru: trace", "each fault takes the page that aging takes",
            "`lab debug` stops before the trace.",
            played("lru", mixed(cases.numbers, cases.numbers.from_to(6, 16), 120 + i * 100)));
    }
    Drawing one = drawn(cases.numbers, 1);
    one.keep(0);
    ask("lru: kept", "the only frame is kept: nobody can go, which is queue.ring()",
        "Begin with ring() as the victim.", choice("lru", one));
    ask("lru: kept", "there is no frame at all: nobody can go, which is queue.ring()",
        "ring() has no age and no accessed bit.", choice("lru", drawn(cases.numbers, 0)));
}

// Task 4.
void kernel(Cases& cases) {
    for (const char* policy : {"clock", "lru"}) {
        const std::uint64_t pool = cases.numbers.from_to(24, 40);
        const replacement_lab::Walk walk{.state = cases.numbers.below(1ULL << 32),
                                         .hot = pool * 5 / 8,
                                         .once = 60 + cases.numbers.below(40),
                                         .count = 900};
        Case& made = cases.add("4", std::string("kernel: ") + policy,
                               "the whole kernel faults where the policy says, and nowhere else",
                               "Tasks 1 to 3 first. The queue is the kernel's own now.");
        made.replacement.faults = walked(policy, pool, walk);
        made.replacement.faults->pages = program_faults(policy, pool, walk);
        made.debug = debug_kernel(*made.replacement.faults);
    }
}

} // namespace

std::vector<Case> replacement_cases(std::uint64_t seed, Shown shown) {
    Cases cases(seed, shown);
    fifo(cases);
    clock(cases);
    lru(cases);
    kernel(cases);
    own_cases(cases, seed);
    if (shown == Shown::visible)
        claim_cases(cases, seed);
    return cases.take();
}

} // namespace lab
