// Judges what is lab 3's own: a policy without one right answer, a kernel's faults, a claim.
// SPDX-License-Identifier: MIT
#include "judge_replacement.hpp"

#include "answers.hpp"
#include "interrupt_log.hpp"
#include "machine.hpp"
#include "text.hpp"

#include "abi/address_map.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <optional>
#include <sstream>

namespace lab {

using namespace replacement;

namespace {

CaseResult complaint(const Case& made, const std::string& observed) {
    return {.of = &made,
            .finding = Finding{.test = made.name,
                               .expected = made.words,
                               .observed = observed,
                               .hint = made.hint,
                               .debug = made.debug,
                               .hidden = made.hidden}};
}

CaseResult fine(const Case& made) { return {.of = &made, .finding = std::nullopt}; }

// The student's answers, by name.
class Given {
public:
    explicit Given(const std::string& text) {
        if (!text.empty())
            answers_ = parse_answers("answers.txt", text, NAMES);
    }
    std::string text(const std::string& name) const {
        const auto found = answers_.by_name.find(name);
        return found == answers_.by_name.end() ? "" : found->second.value;
    }
    std::optional<std::uint64_t> number(const std::string& name) const {
        std::string digits;
        for (const char c : text(name))
            if (c != ',' && c != ' ')
                digits += c;
        return faultline::parse_number(digits);
    }
    // What is wrong with the answer NAME, which should be RIGHT; empty: nothing.
    std::string problem(const std::string& name, std::uint64_t right, const char* of) const {
        if (text(name).empty())
            return name + " has no answer";
        const auto given = number(name);
        if (!given)
            return name + " is no number: " + text(name);
        return *given == right ? "" : name + " is " + text(name) + ", which is not what " + of;
    }

private:
    static inline const std::vector<std::string> NAMES = {
        "own.scan",      "clock.scan",    "own.loses",    "own.lost",   "clock.lost",
        "anomaly.pages", "anomaly.fewer", "anomaly.more", "frame.fifo", "frame.lru"};
    Answers answers_{};
};

// A trace that one's own policy played: how many faults it had, if it came to its end.
struct Outcome {
    const Played* trace;
    std::optional<std::uint64_t> own;
};

std::vector<Outcome> outcomes(const std::vector<CaseResult>& rig) {
    std::vector<Outcome> all;
    for (const CaseResult& result : rig)
        if (const auto& played = result.of->replacement.played; played && !result.of->hidden)
            all.push_back({&*played, result.answers.size() > 1 && result.answers[0] == 0
                                         ? std::optional(result.answers[1])
                                         : std::nullopt});
    return all;
}

const Outcome* named(const std::vector<Outcome>& all, const std::string& name) {
    const auto found =
        std::ranges::find_if(all, [&](const Outcome& o) { return o.trace->trace == name; });
    return found == all.end() ? nullptr : &*found;
}

CaseResult judge_claim(const Case& made, const std::vector<CaseResult>& rig, const Given& given) {
    const auto all = outcomes(rig);
    const std::string name = given.text("own.loses");
    const Outcome* loses = named(all, name);
    const Outcome* scan = named(all, "scan");
    if (loses == nullptr || name == "scan") {
        std::string names;
        for (const Outcome& outcome : all)
            if (outcome.trace->trace != "scan")
                names += (names.empty() ? "" : ", ") + outcome.trace->trace;
        return complaint(made, (name.empty() ? "own.loses has no answer"
                                             : "no trace for own.loses "
                                               "is called " +
                                                   name) +
                                   "; there are " + names);
    }
    if (!loses->own || scan == nullptr || !scan->own)
        return complaint(made, "your policy did not play the traces to their end");
    if (made.replacement.claim->kind == Claim::Kind::loses)
        return *loses->own > loses->trace->clock
                   ? fine(made)
                   : complaint(made, "on the trace " + name + " your policy has " +
                                         faultline::grouped(*loses->own) + " faults, and clock " +
                                         faultline::grouped(loses->trace->clock));
    for (const std::string& problem :
         {given.problem("own.scan", *scan->own, "your policy makes of the trace scan"),
          given.problem("clock.scan", scan->trace->clock, "clock makes of the trace scan"),
          given.problem("own.lost", *loses->own, "your policy makes of that trace"),
          given.problem("clock.lost", loses->trace->clock, "clock makes of that trace")})
        if (!problem.empty())
            return complaint(made, problem);
    return fine(made);
}

// First in, first out, by the book: the judge's own.
std::uint64_t fifo_faults(const std::vector<std::uint64_t>& pages, std::size_t frames) {
    std::deque<std::uint64_t> memory;
    std::uint64_t faults = 0;
    for (const std::uint64_t page : pages) {
        if (std::ranges::count(memory, page) != 0)
            continue;
        ++faults;
        if (memory.size() == frames)
            memory.pop_front();
        memory.push_back(page);
    }
    return faults;
}

CaseResult judge_anomaly(const Case& made, const Given& given) {
    const Anomaly& asked = *made.replacement.anomaly;
    std::vector<std::uint64_t> pages;
    std::istringstream words(given.text("anomaly.pages"));
    for (std::string word; words >> word;) {
        const auto page = faultline::parse_number(word);
        if (!page)
            return complaint(made, "anomaly.pages is a row of numbers with blanks between; '" +
                                       word.substr(0, 20) + "' is none");
        pages.push_back(*page);
    }
    if (pages.empty())
        return complaint(made, "anomaly.pages has no answer");
    if (pages.size() > asked.longest)
        return complaint(made, "anomaly.pages has " + std::to_string(pages.size()) +
                                   " references; " + std::to_string(asked.longest) +
                                   " are allowed");
    const std::uint64_t fewer = fifo_faults(pages, asked.frames);
    const std::uint64_t more = fifo_faults(pages, asked.frames + 1);
    if (asked.kind == Anomaly::Kind::more)
        return more > fewer
                   ? fine(made)
                   : complaint(made,
                               std::to_string(asked.frames) + " frames: " + std::to_string(fewer) +
                                   " faults; " + std::to_string(asked.frames + 1) +
                                   " frames: " + std::to_string(more) + ", which is not more");
    for (const std::string& problem :
         {given.problem("anomaly.fewer", fewer, "your string has with fewer frames"),
          given.problem("anomaly.more", more, "your string has with more frames")})
        if (!problem.empty())
            return complaint(made, problem);
    return fine(made);
}

// The page faults of PROGRAM while it makes its references, from QEMU's own log.
std::vector<std::uint64_t> faults_in(const std::string& log, const faultline::Symbols& program) {
    const auto refer = program.find("refer");
    std::vector<std::uint64_t> pages;
    if (!refer)
        return pages;
    for (const std::string& line : faultline::lines_of(log)) {
        const auto trap = faultline::parse_trap(line);
        if (!trap || trap->interrupt || trap->pc < refer->address ||
            trap->pc >= refer->address + refer->size)
            continue;
        const auto cause = faultline::cause_of(*trap);
        if (cause == faultline::Cause::fetch_page_fault)
            pages.push_back(Faults::CODE);
        else if (cause == faultline::Cause::load_page_fault)
            pages.push_back((trap->value - MAP_BASE) / 0x1000);
    }
    return pages;
}

std::string page_words(const std::vector<std::uint64_t>& pages, std::size_t index) {
    if (index >= pages.size())
        return "there is none";
    return pages[index] == Faults::CODE ? "it is for the program's own code"
                                        : "it is for page " + std::to_string(pages[index]);
}

std::string faults_problem(const Faults& asked, const std::vector<std::uint64_t>& seen) {
    if (asked.pages.empty())
        return seen.size() <= asked.most ? ""
                                         : faultline::grouped(seen.size()) + " faults; at most " +
                                               faultline::grouped(asked.most) + " are few enough";
    const auto [right, wrong] = std::ranges::mismatch(asked.pages, seen);
    if (right == asked.pages.end() && wrong == seen.end())
        return "";
    const auto at = static_cast<std::size_t>(right - asked.pages.begin());
    return faultline::grouped(seen.size()) + " faults, not " +
           faultline::grouped(asked.pages.size()) + "; the first that differs is fault " +
           std::to_string(at + 1) + ": " + page_words(seen, at) +
           ", expected: " + page_words(asked.pages, at);
}

GuestRun run_of(const BuiltTree& tree, const std::string& program, const std::string& boot,
                const std::vector<std::string>& arguments = {}) {
    const auto manifest = faultline::load_manifest(tree.guest);
    GuestRun run = program_run(manifest, "monolithic", program);
    run.boot = faultline::boot_line(manifest.program(program), arguments) + " " + boot;
    return run;
}

CaseResult judge_faults(const BuiltTree& tree, const Case& made, Runner& runner) {
    const Faults& asked = *made.replacement.faults;
    GuestRun run = run_of(tree, asked.program, asked.boot, asked.arguments);
    run.trap_log = true;
    const auto program = run.images.back().symbols;
    const GuestEnd end = runner.run(run);
    const auto seen = faults_in(end.traps, program);
    runner.forget(end);
    if (!end.ended_with(0)) {
        const auto lines = faultline::lines_of(end.console);
        return complaint(made, "after " + faultline::grouped(seen.size()) + " faults " +
                                   to_words(end) +
                                   (lines.empty() ? "" : "; last line: " + lines.back()));
    }
    const std::string problem = faults_problem(asked, seen);
    return problem.empty() ? fine(made) : complaint(made, problem);
}

CaseResult judge_cost(const BuiltTree& tree, const Case& made, const Given& given, Runner& runner) {
    const Cost& asked = *made.replacement.cost;
    if (given.text(asked.key).empty())
        return complaint(made, asked.key + " has no answer");
    const auto number = given.number(asked.key);
    if (!number)
        return complaint(made, asked.key + " is no number: " + given.text(asked.key));
    const auto seen = measure_cost(tree, made, runner);
    if (!seen)
        return complaint(
            made,
            "on your kernel the program does not come to its fault, so nothing can be measured");
    const std::uint64_t measured = *seen;
    const double off = std::abs(static_cast<double>(*number) - static_cast<double>(measured));
    if (off > std::max(1.0, static_cast<double>(measured) * asked.percent / 100))
        return complaint(made, asked.key + " is " + given.text(asked.key) +
                                   ", which is not what the machine says of your kernel");
    return fine(made);
}

} // namespace

std::optional<std::uint64_t> measure_cost(const BuiltTree& tree, const Case& made, Runner& runner) {
    const Cost& asked = *made.replacement.cost;
    const GuestEnd end = runner.run(run_of(tree, asked.program, asked.boot));
    runner.forget(end);
    if (!end.fault || !end.fault->completed)
        return std::nullopt;
    std::uint64_t measured = 0;
    for (const auto& stage : end.fault->stages)
        if (stage.stage == asked.stage)
            measured += stage.instructions;
    return measured;
}

void judge_played(CaseResult& result) {
    const auto& played = result.of->replacement.played;
    if (!played || result.finding || played->most == 0 || result.answers.size() < 2)
        return;
    const std::uint64_t faults = result.answers[1];
    if (faults > played->most)
        result.finding =
            complaint(*result.of, faultline::grouped(faults) + " faults; clock has " +
                                      faultline::grouped(played->clock) + ", so that " +
                                      faultline::grouped(played->most) + " are few enough")
                .finding;
}

CaseResult judge_replacement(const BuiltTree& tree, const Case& made,
                             const std::vector<CaseResult>& rig, const std::string& answers,
                             Runner& runner) {
    const Given given(answers);
    if (made.replacement.faults)
        return judge_faults(tree, made, runner);
    if (made.replacement.claim)
        return judge_claim(made, rig, given);
    if (made.replacement.anomaly)
        return judge_anomaly(made, given);
    return judge_cost(tree, made, given, runner);
}

} // namespace lab
