// The comparison as one table for people.
// SPDX-License-Identifier: MIT
//
// Above the table (compare_table.cpp) stands what is the same, or what should be and is not; below
// it, which kernel cannot run the scenario yet, and what the program printed where that may differ.
#include "compare_table.hpp"
#include "observation.hpp"
#include "text.hpp"
#include "visible.hpp"

#include <algorithm>

namespace faultline {

static constexpr std::size_t OUTPUT_LINES = 4;  // of each kernel's, below the table
static constexpr std::size_t FAILURE_LINES = 6; // of a kernel that failed

// "cause 15 (store page fault)"
static std::string cause_words(Cause cause) {
    if (cause == Cause::external_interrupt)
        return words(cause);
    return std::to_string(static_cast<std::uint64_t>(cause)) + " (" + words(cause) + ")";
}

static std::vector<const Observation*> kernels_that_can(const Comparison& comparison) {
    std::vector<const Observation*> can;
    for (const auto& kernel : comparison.kernels)
        if (!kernel.is_not_yet())
            can.push_back(&kernel);
    return can;
}

static std::string names_of(const std::vector<const Observation*>& kernels) {
    std::vector<std::string> names;
    names.reserve(kernels.size());
    for (const auto* kernel : kernels)
        names.push_back(kernel->kernel);
    return join(names);
}

// "The same on all of them: ", or on which.
static std::string on_which(const Comparison& comparison,
                            const std::vector<const Observation*>& can) {
    if (can.size() == 1)
        return can.size() == comparison.kernels.size() ? "Seen: "
                                                       : "Seen on " + names_of(can) + ": ";
    return can.size() == comparison.kernels.size() ? "The same on all of them: "
                                                   : "The same on " + names_of(can) + ": ";
}

static std::string what_is_the_same(const Comparison& comparison, std::size_t width) {
    const auto can = kernels_that_can(comparison);
    if (can.empty() || !can.front()->fault)
        return "";
    const Observation& first = *can.front();
    std::string text = on_which(comparison, can);
    text += "program " + first.program + ", pc " + hex(first.fault->pc.value_or(0));
    if (first.address)
        text += ", virtual address " + hex(*first.address);
    if (first.cause)
        text += ", cause " + cause_words(*first.cause);
    if (!first.fault->completed)
        text += ", never completed";
    text += ", result: " + first.meaning;
    if (can.size() > 1 && !comparison.figures)
        text += ", the same output";
    text += ".";
    const bool has_stations = std::ranges::any_of(
        first.fault->stages, [](const Stage& stage) { return stage.stage == "serve"; });
    if (has_stations)
        text += " This is no page fault but a system call: its stations stand there in place of "
                "stages, and then each domain's share.";
    else if (first.fault->kind != "page fault")
        text += " This is no page fault, so there are no stages; each domain's share stands there "
                "instead.";
    return wrapped(text, width);
}

static std::string what_is_not_yet(const Comparison& comparison, std::size_t width) {
    std::string text;
    for (const auto& kernel : comparison.kernels) {
        if (!kernel.missing.empty())
            text += wrapped(
                "Not yet on " + kernel.kernel + ": it lacks " + join(kernel.missing) + ".", width);
        if (!kernel.refused.empty())
            text += wrapped("Not yet on " + kernel.kernel + ": " + join(kernel.refused) +
                                ". The program called it and was refused (" + kernel.meaning +
                                "), so what it did there is not compared.",
                            width);
    }
    return text;
}

static std::string what_it_printed(const Comparison& comparison, std::size_t width) {
    const auto can = kernels_that_can(comparison);
    const bool same = std::ranges::all_of(
        can, [&](const Observation* kernel) { return kernel->output == can.front()->output; });
    if (!comparison.figures || (same && can.size() > 1))
        return "";
    std::string text;
    for (const Observation* kernel : can)
        text +=
            "\n" +
            wrapped(comparison.scenario + " on " + kernel->kernel + " printed at its end:", width) +
            last_lines(kernel->output, OUTPUT_LINES, width);
    return text;
}

static std::string what_is_wrong(const Comparison& comparison, std::size_t width) {
    std::string problems;
    for (const auto& kernel : comparison.kernels)
        if (const auto problem = problem_of(kernel)) {
            const auto lines = lines_of("FAILED on " + kernel.kernel + ": " + *problem);
            problems += wrapped(lines.front(), width);
            for (std::size_t i = 1; i < lines.size(); ++i) // advice, indented
                problems += "  " + wrapped(lines[i].substr(2), width - 2);
            problems += last_lines(kernel.output, FAILURE_LINES, width);
        }
    for (const auto& difference : differences(comparison))
        problems += wrapped("NOT THE SAME: " + difference, width);
    return problems;
}

std::string comparison_text(const Comparison& comparison, std::size_t width) {
    std::vector<std::string> names;
    for (const auto& kernel : comparison.kernels)
        names.push_back(kernel.kernel);
    const std::size_t line = std::min(width, TEXT_WIDTH);
    std::string text = wrapped(comparison.scenario + " on " + join(names) + " (" +
                                   comparison.build + " build, " + comparison.timer + " timer)",
                               line);
    const std::string problems = what_is_wrong(comparison, line);
    text += problems.empty() ? what_is_the_same(comparison, line) : problems;
    const bool any = std::ranges::any_of(
        comparison.kernels, [](const auto& kernel) { return kernel.fault.has_value(); });
    if (any)
        text += "\n" + comparison_table(comparison, width);
    const std::string not_yet = what_is_not_yet(comparison, line);
    if (!not_yet.empty())
        text += (any ? "\n" : "") + not_yet;
    return text + what_it_printed(comparison, line);
}

} // namespace faultline
