// The table of a comparison: a row a stage, a column a kernel, the totals below.
// SPDX-License-Identifier: MIT
//
// What is no page fault has no stages: there the rows are the protection domains that took part.
#include "compare_table.hpp"

#include "table.hpp"
#include "text.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace faultline {

namespace {

using Kernels = std::span<const Observation>;

// `handler` is the program's own; its row stands there only where one ran.
constexpr std::array STAGES = {"receive", "dispatch", "resolve", "handler",
                               "frame",   "fill",     "install", "resume"};

// The n-th time (from 0) that a stage ran on a kernel.
const Stage* occurrence(const Observation& kernel, const std::string& name, std::size_t n) {
    if (!kernel.fault)
        return nullptr;
    for (const auto& stage : kernel.fault->stages)
        if (stage.stage == name && n-- == 0)
            return &stage;
    return nullptr;
}

void add_stage_rows(Table& table, Kernels kernels, const std::string& name) {
    for (std::size_t n = 0;; ++n) {
        std::vector<std::string> row = {n == 0 ? name : name + " again"};
        bool ran = false;
        for (const auto& kernel : kernels) {
            const Stage* stage = occurrence(kernel, name, n);
            ran = ran || stage;
            row.push_back(stage ? stage->domain : kernel.missing.empty() ? "-" : "not yet");
            row.push_back(stage ? stage->mode : "");
            row.push_back(stage ? grouped(stage->instructions) : "");
        }
        if (!ran && (n > 0 || name == "handler"))
            return;
        table.row(std::move(row));
    }
}

// Of all stages together.
std::uint64_t instructions_in(const Observation& kernel, const std::string& domain) {
    std::uint64_t sum = 0;
    for (const auto& stage : kernel.fault->stages)
        for (const auto& [name, instructions] : stage.by_domain)
            sum += name == domain ? instructions : 0;
    return sum;
}

std::vector<std::string> domains_of(Kernels kernels) {
    std::vector<std::string> domains;
    for (const auto& kernel : kernels) {
        if (!kernel.fault)
            continue;
        for (const auto& stage : kernel.fault->stages)
            for (const auto& [name, instructions] : stage.by_domain)
                if (std::ranges::find(domains, name) == domains.end())
                    domains.push_back(name);
    }
    return domains;
}

void add_number_row(Table& table, Kernels kernels, const std::string& words, auto value) {
    std::vector<std::string> row = {words};
    for (const auto& kernel : kernels) {
        const std::string without = kernel.missing.empty() ? "-" : "not yet";
        row.insert(row.end(), {"", "", kernel.fault ? grouped(value(kernel)) : without});
    }
    table.row(std::move(row));
}

void add_domain_rows(Table& table, Kernels kernels) {
    for (const auto& domain : domains_of(kernels))
        add_number_row(table, kernels, "in " + domain,
                       [&](const Observation& kernel) { return instructions_in(kernel, domain); });
}

bool is_shown(const TotalField& field, const Comparison& comparison) {
    return field.shown == TotalField::Shown::always ||
           std::ranges::any_of(comparison.kernels, [&](const Observation& kernel) {
               return kernel.fault && kernel.fault->totals.*field.member != 0;
           });
}

bool is_page_fault(const Comparison& comparison) {
    return std::ranges::none_of(comparison.kernels, [](const Observation& kernel) {
        return kernel.fault && kernel.fault->kind != "page fault";
    });
}

Table table_of(const Comparison& comparison, Kernels kernels) {
    std::vector<Column> columns = {{}};
    for (const auto& kernel : kernels) {
        columns.push_back({.gap = 2, .span = 3, .heading = kernel.kernel});
        columns.push_back({});
        columns.push_back({.align = Align::right});
    }
    Table table(columns);
    const bool stages = is_page_fault(comparison);
    if (stages)
        for (const auto* stage : STAGES)
            add_stage_rows(table, kernels, stage);
    else
        add_domain_rows(table, kernels);
    table.blank();
    for (const auto& field : total_fields())
        if (is_shown(field, comparison))
            add_number_row(table, kernels, field.words, [&](const Observation& kernel) {
                return kernel.fault->totals.*field.member;
            });
    if (stages)
        add_number_row(table, kernels, "times it faulted",
                       [](const Observation& kernel) { return kernel.fault->faults; });
    return table;
}

std::size_t width_of(const std::string& table) {
    std::size_t width = 0;
    for (const auto& line : lines_of(table))
        width = std::max(width, line.size());
    return width;
}

} // namespace

std::string grouped(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (int i = static_cast<int>(digits.size()) - 3; i > 0; i -= 3)
        digits.insert(static_cast<std::size_t>(i), ",");
    return digits;
}

std::string comparison_table(const Comparison& comparison, std::size_t width) {
    std::string result;
    for (Kernels rest = comparison.kernels; !rest.empty();) {
        std::size_t count = rest.size();
        auto text = table_of(comparison, rest).text();
        while (count > 1 && width_of(text) > width)
            text = table_of(comparison, rest.first(--count)).text();
        // Those that have nothing to show are named below the table.
        if (std::ranges::any_of(rest.first(count),
                                [](const auto& kernel) { return kernel.fault.has_value(); }))
            result += (result.empty() ? "" : "\n") + text;
        rest = rest.subspan(count);
    }
    return result;
}

} // namespace faultline
