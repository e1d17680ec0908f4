// The comparison as one table for people.
// SPDX-License-Identifier: MIT
//
// Above the table (compare_table.cpp) stands what is the same, or what should be and is not; below
// it, which kernel cannot run the scenario yet, and what the program printed where that may differ.
#include "compare_table.hpp"
#include "observation.hpp"
#include "text.hpp"

#include <algorithm>

namespace faultline {

static constexpr std::size_t OUTPUT_LINES = 4; // of each kernel's, below the table

// "cause 15 (store page fault)"
static std::string cause_words(Cause cause) {
    if (cause == Cause::external_interrupt)
        return words(cause);
    return std::to_string(static_cast<std::uint64_t>(cause)) + " (" + words(cause) + ")";
}

static std::vector<const Observation*> kernels_that_ran(const Comparison& comparison) {
    std::vector<const Observation*> ran;
    for (const auto& kernel : comparison.kernels)
        if (kernel.missing.empty())
            ran.push_back(&kernel);
    return ran;
}

static std::string what_is_the_same(const Comparison& comparison, std::size_t width) {
    const auto ran = kernels_that_ran(comparison);
    if (ran.empty() || !ran.front()->fault)
        return "";
    const Observation& first = *ran.front();
    std::string text = ran.size() == 1 ? "Seen: " : "The same on all of them: ";
    text += "program " + first.program + ", pc " + hex(first.fault->pc.value_or(0));
    if (first.address)
        text += ", virtual address " + hex(*first.address);
    if (first.cause)
        text += ", cause " + cause_words(*first.cause);
    if (!first.fault->completed)
        text += ", never completed";
    text += ", result: " + first.meaning;
    if (ran.size() > 1 && !comparison.figures)
        text += ", the same output";
    text += ".";
    if (first.fault->kind != "page fault")
        text += " This is no page fault, so there are no stages; each domain's share stands there "
                "instead.";
    return wrapped(text, width);
}

static std::string what_is_not_yet(const Comparison& comparison, std::size_t width) {
    std::string text;
    for (const auto& kernel : comparison.kernels)
        if (!kernel.missing.empty())
            text += wrapped(
                "Not yet on " + kernel.kernel + ": it lacks " + join(kernel.missing) + ".", width);
    return text;
}

static std::string what_it_printed(const Comparison& comparison) {
    const auto ran = kernels_that_ran(comparison);
    const bool same = std::ranges::all_of(
        ran, [&](const Observation* kernel) { return kernel->output == ran.front()->output; });
    if (!comparison.figures || (same && ran.size() > 1))
        return "";
    std::string text;
    for (const Observation* kernel : ran) {
        text += "\n" + comparison.scenario + " on " + kernel->kernel + " printed at its end:\n";
        for (const auto& line : lines_of(last_lines(kernel->output, OUTPUT_LINES)))
            text += line + "\n";
    }
    return text;
}

static std::string what_is_wrong(const Comparison& comparison) {
    std::string problems;
    for (const auto& kernel : comparison.kernels)
        if (const auto problem = problem_of(kernel))
            problems += "FAILED on " + kernel.kernel + ": " + *problem + "\n" + kernel.last_words;
    for (const auto& difference : differences(comparison))
        problems += "NOT THE SAME: " + difference + "\n";
    return problems;
}

std::string comparison_text(const Comparison& comparison, std::size_t width) {
    std::vector<std::string> names;
    for (const auto& kernel : comparison.kernels)
        names.push_back(kernel.kernel);
    std::string text = comparison.scenario + " on " + join(names) + " (" + comparison.build +
                       " build, " + comparison.timer + " timer)\n";
    const std::size_t line = std::min(width, TEXT_WIDTH) - 2;
    const std::string problems = what_is_wrong(comparison);
    text += problems.empty() ? what_is_the_same(comparison, line) : problems;
    const bool any = std::ranges::any_of(
        comparison.kernels, [](const auto& kernel) { return kernel.fault.has_value(); });
    if (any)
        text += "\n" + comparison_table(comparison, width);
    const std::string not_yet = what_is_not_yet(comparison, line);
    if (!not_yet.empty())
        text += (any ? "\n" : "") + not_yet;
    return text + what_it_printed(comparison);
}

} // namespace faultline
