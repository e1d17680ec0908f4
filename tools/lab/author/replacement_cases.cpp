// Lab 3's cases, task by task.
// SPDX-License-Identifier: MIT
#include "replacement_cases.hpp"

#include "replacement.hpp"
#include "replacement_query.hpp"

#include <algorithm>

namespace lab {

using namespace replacement;
using replacement_lab::NOBODY;

namespace {

class Cases {
public:
    Cases(std::uint64_t seed, Shown shown)
        : numbers(seed ^ (shown == Shown::hidden ? HIDDEN : 0)), shown_(shown) {}

    Numbers numbers;

    bool is_hidden() const { return shown_ == Shown::hidden; }
    unsigned times() const { return is_hidden() ? 4 : 2; }

    Case& add(const char* task, const std::string& part, const char* words, const char* hint) {
        unsigned same = 1;
        for (const Case& other : made_)
            same += other.task == task && other.part == part ? 1 : 0;
        Case made{.task = task,
                  .part = part,
                  .name = part + (is_hidden() ? ", hidden " : ", ") + std::to_string(same)};
        made.words = words;
        made.hint = hint;
        made.hidden = is_hidden();
        made_.push_back(std::move(made));
        return made_.back();
    }
    // Of the rig; POLICY is whose `choose` shows it.
    Case& ask(const char* task, const std::string& part, const char* policy, const char* words,
              const char* hint, RigCase query) {
        Case& made = add(task, part, words, hint);
        made.rig = std::move(query);
        made.debug = "./faultline lab debug \"" + (is_hidden() ? part + ", 1" : made.name) +
                     "\", then `break choose_by`, `continue`, and `step` into " +
                     std::string(policy) + ".hpp";
        return made;
    }

    std::vector<Case> take() { return std::move(made_); }

private:
    static constexpr std::uint64_t HIDDEN = 0x9e37'79b9'7f4a'7c15;
    Shown shown_;
    std::vector<Case> made_{};
};

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
            played("fifo", mixed(cases.numbers, cases.numbers.from_to(5, 9), 60 + i * 200)));
    }
    ask("fifo: empty", "there is no frame at all: nobody can go, which is queue.ring()",
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
        ask("clock: kept", "all were used and the oldest is kept: the next one goes",
            "When the round is over the oldest may be the kept one.", choice("clock", used));
        ask("clock: trace", "each fault takes the page that clock takes",
            "`lab debug` stops before the trace.",
            played("clock", mixed(cases.numbers, cases.numbers.from_to(6, 14), 120 + i * 150)));
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
            played("lru", mixed(cases.numbers, cases.numbers.from_to(6, 16), 120 + i * 150)));
    }
    Drawing one = drawn(cases.numbers, 1);
    one.keep(0);
    ask("lru: kept", "the only frame is kept: nobody can go, which is queue.ring()",
        "Begin with ring() as the victim.", choice("lru", one));
    ask("lru: kept", "there is no frame at all: nobody can go, which is queue.ring()",
        "ring() has no age and no accessed bit.", choice("lru", drawn(cases.numbers, 0)));
}

std::string boot_words(const char* policy, std::uint64_t pool) {
    return std::string("policy=") + policy + " pool=" + std::to_string(pool);
}

Faults walked(const char* policy, std::uint64_t pool, const replacement_lab::Walk& walk) {
    return {.program = "refer",
            .boot = boot_words(policy, pool),
            .arguments = {std::to_string(walk.state), std::to_string(walk.hot),
                          std::to_string(walk.once), std::to_string(walk.count)}};
}

std::string debug_kernel(const Faults& faults) {
    return "./faultline debug monolithic refer --boot \"" + faults.boot +
           "\", then `break vm::Memory::choose_victim`";
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

// Task 5: whatever it does, it has to be sound.
void own_sound(Cases& cases) {
    const auto ask = [&](const char* words, const Drawing& queue, bool anybody) {
        RigCase query = choice("own", queue);
        query.expect = {0};
        if (!anybody)
            query.expect.push_back(NOBODY);
        cases.ask(
            "5", "own: sound", "own", words,
            "Every policy: never the kept frame, never a frame that is not there, ring() only "
            "if nobody can go.",
            std::move(query));
    };
    for (unsigned i = 0; i < cases.times() * 2; ++i) {
        Drawing queue = drawn(cases.numbers, cases.numbers.from_to(2, 50));
        for (auto& frame : queue.frames)
            frame.accessed = i % 2 == 0 || frame.accessed;
        for (auto& frame : queue.frames)
            frame.age = 0; // what else an age may be is the policy's own
        ask("somebody goes", queue, true);
        queue.keep(i % 2 == 0 ? 0 : queue.frames.size() - 1);
        ask("somebody goes who is not the kept one", queue, true);
    }
    Drawing one = drawn(cases.numbers, 1);
    one.frames[0].age = 0;
    one.keep(0);
    ask("the only frame is kept: nobody can go, which is queue.ring()", one, false);
    ask("there is no frame at all: nobody can go, which is queue.ring()", drawn(cases.numbers, 0),
        false);
}

// The traces of task 5, which student and judge see.
struct OwnTraces {
    Scan scan;
    std::vector<Trace> others;

    explicit OwnTraces(Numbers numbers)
        : scan(replacement::scan(numbers)), others{loop(numbers), drift(numbers), twice(numbers)} {}
};

// So few faults are few enough.
std::uint64_t bound_of(std::uint64_t clock) { return clock * 8 / 9; }

void own_wins(Cases& cases, const Scan& scan, const char* trace) {
    const std::uint64_t clock = faults_of("clock", scan.pool, pages_of(scan.walk));
    Case& made = cases.ask("5", "own: wins", "own", "at least a ninth fewer faults than clock has",
                           "Every fourth reference of this walk is to a page that is not used "
                           "again for long. By which "
                           "sign could a policy tell them from the others?",
                           walk_query("own", scan));
    made.replacement.played = Played{trace, clock, bound_of(clock)};
}

void own(Cases& cases, std::uint64_t seed) {
    own_sound(cases);
    if (cases.is_hidden())
        return own_wins(cases, scan(cases.numbers), "another scan");
    const OwnTraces traces{Numbers(seed)};
    own_wins(cases, traces.scan, "scan");
    for (const Trace& trace : traces.others) {
        RigCase query = played("own", trace);
        query.expect = {0};
        Case& made = cases.ask("5", "own: loses", "own", "the trace is played to its end",
                               "Every policy: never the kept frame, never a frame that is not "
                               "there.",
                               std::move(query));
        made.replacement.played =
            Played{trace.name, faults_of("clock", trace.pool, trace.pages), 0};
    }
    cases
        .add("5", "own: loses",
             "own.loses names a trace where your policy has more faults than clock",
             "`replay` prints all counts. A policy that is never worse has not been tried enough.")
        .replacement.claim = Claim{Claim::Kind::loses};
    cases
        .add("5", "own: counts", "the counts in answers.txt are those of your code and of clock",
             "Count again when your code has changed: `replay`.")
        .replacement.claim = Claim{Claim::Kind::counts};
}

void own_kernel(Cases& cases) {
    const Scan made_scan = scan(cases.numbers);
    Case& made = cases.add("5", "own: kernel",
                           "the whole kernel under policy=own: the program ends, with a twentieth "
                           "fewer faults than under clock",
                           "The same kind of walk as the trace `scan`.");
    made.replacement.faults = walked("own", made_scan.pool, made_scan.walk);
    made.replacement.faults->most =
        program_faults("clock", made_scan.pool, made_scan.walk).size() * 19 / 20;
    made.debug = debug_kernel(*made.replacement.faults);
}

std::uint64_t anomaly_frames(std::uint64_t seed) { return 4 + seed % 4; }

// Task 6.
void anomaly(Cases& cases, std::uint64_t seed) {
    const Anomaly asked{Anomaly::Kind::more, anomaly_frames(seed), 100};
    cases
        .add(
            "6", "anomaly: more faults with more frames",
            "first in, first out has more faults on your string with one frame more",
            "The textbook's string does it for three and four frames. Which of its parts grow when "
            "the memory does?")
        .replacement.anomaly = asked;
    Case& counts = cases.add("6", "anomaly: counts", "your two counts are those of your string",
                             "An empty memory: the first use of each page is a fault, too.");
    counts.replacement.anomaly = asked;
    counts.replacement.anomaly->kind = Anomaly::Kind::counts;
}

// Task 7.
void cost(Cases& cases, std::uint64_t seed) {
    const std::uint64_t pool = 40 + seed % 12;
    for (const char* policy : {"fifo", "lru"}) {
        Case& made = cases.add("7", std::string("measured: ") + policy,
                               "row `frame` of the table, within 5 %",
                               "Measure again when your code has changed. Write the number alone.");
        made.replacement.cost = Cost{.key = std::string("frame.") + policy,
                                     .program = "policy",
                                     .boot = boot_words(policy, pool),
                                     .stage = "frame",
                                     .percent = 5};
        made.debug = "./faultline compare policy --kernels monolithic --boot \"" +
                     made.replacement.cost->boot + "\"";
    }
}

} // namespace

std::vector<Case> replacement_cases(std::uint64_t seed, Shown shown) {
    Cases cases(seed, shown);
    fifo(cases);
    clock(cases);
    lru(cases);
    kernel(cases);
    own(cases, seed);
    own_kernel(cases);
    if (shown == Shown::visible) {
        anomaly(cases, seed);
        cost(cases, seed);
    }
    return cases.take();
}

} // namespace lab
