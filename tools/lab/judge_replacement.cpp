// Judges what is lab 3's own: a policy without one right answer, a kernel's faults, a claim.
// SPDX-License-Identifier: MIT
#include "judge_replacement.hpp"

#include "interrupt_log.hpp"
#include "machine.hpp"
#include "replacement_claims.hpp"
#include "text.hpp"

#include "abi/address_map.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>

namespace lab {

using namespace replacement;

namespace {

constexpr std::uint64_t LIMIT = 100'000'000; // instructions: several times what a walk takes
constexpr std::chrono::seconds WALL(30);

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
    run.limit = LIMIT;
    run.wall = WALL;
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
        return complaint(made, given.missing(asked.key));
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
