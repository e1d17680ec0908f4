// The comparison as one table for people.
// SPDX-License-Identifier: MIT
//
// A row a stage, a column a kernel: domain, mode, instructions. Above it what is the same, below
// the totals.
#include "observation.hpp"
#include "table.hpp"
#include "text.hpp"

#include <algorithm>
#include <array>

namespace faultline {

static constexpr std::array STAGES = {"receive", "dispatch", "resolve", "frame",
                                      "fill",    "install",  "resume"};

// "1234567" as "1,234,567"
static std::string grouped(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (int i = static_cast<int>(digits.size()) - 3; i > 0; i -= 3)
        digits.insert(static_cast<std::size_t>(i), ",");
    return digits;
}

// The n-th time (from 0) that a stage ran on a kernel.
static const Stage* occurrence(const Observation& kernel, const std::string& name, std::size_t n) {
    if (!kernel.fault)
        return nullptr;
    for (const auto& stage : kernel.fault->stages)
        if (stage.stage == name && n-- == 0)
            return &stage;
    return nullptr;
}

static void add_stage_rows(Table& table, const Comparison& comparison, const std::string& name) {
    for (std::size_t n = 0;; ++n) {
        std::vector<std::string> row = {n == 0 ? name : name + " again"};
        bool ran = false;
        for (const auto& kernel : comparison.kernels) {
            const Stage* stage = occurrence(kernel, name, n);
            ran = ran || stage;
            row.push_back(stage ? stage->domain : "-");
            row.push_back(stage ? stage->mode : "");
            row.push_back(stage ? grouped(stage->instructions) : "");
        }
        if (!ran && n > 0)
            return;
        table.row(std::move(row));
    }
}

static void add_totals(Table& table, const Comparison& comparison) {
    const auto add = [&](const std::string& words, auto value) {
        std::vector<std::string> row = {words};
        for (const auto& kernel : comparison.kernels)
            row.insert(row.end(), {"", "", kernel.fault ? grouped(value(*kernel.fault)) : "-"});
        table.row(std::move(row));
    };
    for (const auto& field : total_fields())
        add(field.words, [&](const ObservedFault& fault) { return fault.totals.*field.member; });
    add("times it faulted", [](const ObservedFault& fault) { return fault.faults; });
}

static std::string table_of(const Comparison& comparison) {
    std::vector<Column> columns = {{}};
    for (const auto& kernel : comparison.kernels) {
        columns.push_back({.gap = 2, .span = 3, .heading = kernel.kernel});
        columns.push_back({});
        columns.push_back({.align = Align::right});
    }
    Table table(columns);
    for (const auto* stage : STAGES)
        add_stage_rows(table, comparison, stage);
    table.blank();
    add_totals(table, comparison);
    return table.text();
}

static std::string wrapped(const std::string& text, std::size_t width) {
    std::string result, line;
    for (const auto& word : split(text, ' ')) {
        if (!line.empty() && line.size() + 1 + word.size() > width) {
            result += line + "\n";
            line = " ";
        }
        line += (line.empty() ? "" : " ") + word;
    }
    return result + line + "\n";
}

static std::string what_is_the_same(const Comparison& comparison) {
    const auto& first = comparison.kernels.front();
    if (!first.fault)
        return "";
    std::string text = comparison.kernels.size() == 1 ? "Seen: " : "The same on all of them: ";
    text += "program " + first.program + ", pc " + hex(first.fault->pc.value_or(0));
    if (first.address)
        text += ", virtual address " + hex(*first.address);
    if (first.cause)
        text += ", cause " + std::to_string(static_cast<std::uint64_t>(*first.cause)) + " (" +
                words(*first.cause) + ")";
    text += ", result: " + first.meaning;
    if (comparison.kernels.size() > 1)
        text += ", the same output";
    return wrapped(text + ".", 98);
}

std::string comparison_text(const Comparison& comparison) {
    std::vector<std::string> names;
    for (const auto& kernel : comparison.kernels)
        names.push_back(kernel.kernel);
    std::string text = comparison.scenario + " on " + join(names) + " (" + comparison.build +
                       " build, " + comparison.timer + " timer)\n";
    std::string problems;
    for (const auto& kernel : comparison.kernels)
        if (const auto problem = problem_of(kernel))
            problems += "FAILED on " + kernel.kernel + ": " + *problem + "\n" + kernel.last_words;
    for (const auto& difference : differences(comparison))
        problems += "NOT THE SAME: " + difference + "\n";
    text += problems.empty() ? what_is_the_same(comparison) : problems;
    const bool any = std::ranges::any_of(
        comparison.kernels, [](const auto& kernel) { return kernel.fault.has_value(); });
    return any ? text + "\n" + table_of(comparison) : text;
}

} // namespace faultline
