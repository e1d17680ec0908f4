// What a student of lab 3 says in answers.txt, held against what the machine and a judge count.
// SPDX-License-Identifier: MIT
#include "replacement_claims.hpp"

#include "failure.hpp"
#include "text.hpp"

#include <algorithm>
#include <deque>
#include <sstream>

namespace lab {

using namespace replacement;

CaseResult complaint(const Case& made, const std::string& observed) {
    return {.of = &made, .finding = finding_of(made, observed)};
}

static const std::vector<std::string>& names() {
    static const std::vector<std::string> NAMES = {
        "own.scan",      "clock.scan",    "own.loses",    "own.lost",   "clock.lost",
        "anomaly.pages", "anomaly.fewer", "anomaly.more", "frame.fifo", "frame.lru"};
    return NAMES;
}

Given::Given(const std::string& text) {
    try {
        answers_ = parse_answers("answers.txt", text, names());
    } catch (const faultline::Failure& failure) {
        unreadable_ = failure.what(); // no text file: nothing in it is an answer
    }
}

std::string Given::text(const std::string& name) const {
    const auto found = answers_.by_name.find(name);
    return found == answers_.by_name.end() ? "" : found->second.value;
}

std::string Given::missing(const std::string& name) const {
    return name + " has no answer" + (unreadable_.empty() ? "" : ": " + unreadable_);
}

std::optional<std::uint64_t> Given::number(const std::string& name) const {
    std::string digits;
    for (const char c : text(name))
        if (c != ',' && c != ' ')
            digits += c;
    return faultline::parse_number(digits);
}

std::string Given::problem(const std::string& name, std::uint64_t right, const char* of) const {
    if (text(name).empty())
        return missing(name);
    const auto given = number(name);
    if (!given)
        return name + " is no number: " + text(name);
    return *given == right ? "" : name + " is " + text(name) + ", which is not what " + of;
}

namespace {

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

} // namespace

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
        return complaint(made, (name.empty() ? given.missing("own.loses")
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
static std::uint64_t fifo_faults(const std::vector<std::uint64_t>& pages, std::size_t frames) {
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
        return complaint(made, given.missing("anomaly.pages"));
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

} // namespace lab
