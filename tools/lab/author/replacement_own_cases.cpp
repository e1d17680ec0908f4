// Lab 3's cases without one right answer: one's own policy, a claim, a measurement.
// SPDX-License-Identifier: MIT
#include "judge_replacement.hpp"
#include "replacement_builder.hpp"
#include "replacement_cases.hpp"
#include "replacement_query.hpp"

#include <sstream>

namespace lab::replacement {

using replacement_lab::NOBODY;

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
    std::string line = "./faultline debug monolithic refer";
    for (const auto& word : faults.arguments)
        line += " " + word;
    return line + " --boot \"" + faults.boot +
           "\"\n(gdb) break vm::Memory::choose_victim\n(gdb) continue";
}

namespace {

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

void own_traces(Cases& cases, std::uint64_t seed) {
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
    Case& more = cases.add(
        "6", "anomaly: more faults with more frames", "",
        "The textbook's string does it for three and four frames. Which of its parts grow when "
        "the memory does?");
    more.words = "first in, first out has more faults on your string with " +
                 std::to_string(asked.frames + 1) + " frames than with " +
                 std::to_string(asked.frames);
    more.replacement.anomaly = asked;
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

void own_cases(Cases& cases, std::uint64_t seed) {
    own_sound(cases);
    own_traces(cases, seed);
    own_kernel(cases);
}

void claim_cases(Cases& cases, std::uint64_t seed) {
    anomaly(cases, seed);
    cost(cases, seed);
}

// For FRAMES of memory: FRAMES pages, one more, all but the last again, another one, and all in a
// row. With FRAMES it hits where the row begins; with one more the new one pushed just that out.
static Pages anomaly_string(std::uint64_t frames) {
    Pages pages;
    for (std::uint64_t page = 1; page <= frames + 1; ++page)
        pages.push_back(page);
    for (std::uint64_t page = 1; page < frames; ++page)
        pages.push_back(page);
    pages.push_back(frames + 2);
    for (std::uint64_t page = 1; page <= frames + 2; ++page)
        pages.push_back(page);
    return pages;
}

} // namespace lab::replacement

namespace lab {

using namespace replacement;

std::string replacement_answers(std::uint64_t seed, const BuiltTree& tree, Runner& runner) {
    const OwnTraces traces{Numbers(seed)};
    const Pages scan = pages_of(traces.scan.walk);
    const Trace& lost = traces.others.back();
    const std::uint64_t frames = anomaly_frames(seed);
    const Pages string = anomaly_string(frames);
    const auto line = [](const std::string& key, const auto& value) {
        std::ostringstream text;
        text << key << " = " << value << '\n';
        return text.str();
    };
    std::string pages;
    for (const std::uint64_t page : string)
        pages += std::to_string(page) + " ";
    std::string answers =
        line("own.scan", faults_of("own", traces.scan.pool, scan)) +
        line("clock.scan", faults_of("clock", traces.scan.pool, scan)) +
        line("own.loses", lost.name) + line("own.lost", faults_of("own", lost.pool, lost.pages)) +
        line("clock.lost", faults_of("clock", lost.pool, lost.pages)) +
        line("anomaly.pages", pages) + line("anomaly.fewer", faults_of("fifo", frames, string)) +
        line("anomaly.more", faults_of("fifo", frames + 1, string));
    for (const Case& made : replacement_cases(seed, Shown::visible))
        if (made.replacement.cost)
            answers +=
                line(made.replacement.cost->key, measure_cost(tree, made, runner).value_or(0));
    return answers;
}

} // namespace lab
