// The table of a comparison: a row a stage, a column a kernel, the totals below.
// SPDX-License-Identifier: MIT
//
// What is no page fault has no stages: there the rows are the protection domains that took part.
// The less room there is, the less is spelled out; the figures and the order stay.
#include "compare_table.hpp"

#include "domain_marks.hpp"
#include "table.hpp"
#include "text.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace faultline {

namespace {

using Kernels = std::span<const Observation>;

enum class Detail {
    spelled, // kernel S   69
    marked,  // K   69, with a line above the table that says what K is
    brief,   // the same, and short names of the rows
};

// `handler` is the program's own; its row stands there only where one ran.
constexpr std::array STAGES = {"receive", "dispatch", "resolve", "handler",
                               "frame",   "fill",     "install", "resume"};

// Of a system call, on kernels that have them as functions.
constexpr std::array STATIONS = {"receive", "serve", "wait", "answer"};

// The n-th time (from 0) that a stage ran on a kernel.
const Stage* occurrence(const Observation& kernel, const std::string& name, std::size_t n) {
    if (!kernel.fault)
        return nullptr;
    for (const auto& stage : kernel.fault->stages)
        if (stage.stage == name && n-- == 0)
            return &stage;
    return nullptr;
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

class ComparisonTable {
public:
    // Names of stages take at least LABEL columns.
    ComparisonTable(const Comparison& comparison, Kernels kernels, Detail detail,
                    std::size_t label = 0)
        : comparison_(comparison), kernels_(kernels), detail_(detail), label_(label),
          marks_(comparison), table_(columns()) {
        add_heading();
        if (is_page_fault(comparison)) {
            for (const auto* stage : STAGES)
                add_stage_rows(stage);
            add_totals();
            add_numbers(words("times it faulted", "faults"),
                        [](const Observation& kernel) { return kernel.fault->faults; });
        } else {
            add_stations();
            for (const auto& domain : domains_of(kernels_))
                add_numbers(words("in " + domain, domain), [&](const Observation& kernel) {
                    return instructions_in(kernel, domain);
                });
            add_totals();
        }
        add_refusals();
    }

    std::string text() const { return table_.text(); }

private:
    bool is_spelled() const { return detail_ == Detail::spelled; }
    std::string words(const std::string& full, const std::string& brief) const {
        return detail_ == Detail::brief ? brief : full;
    }

    // Of each kernel: domain, mode and number, or mark and number.
    std::vector<Column> columns() const {
        std::vector<Column> result = {{}};
        for (std::size_t i = 0; i < kernels_.size(); ++i) {
            result.push_back({.gap = detail_ == Detail::brief ? 1U : 2U});
            if (is_spelled())
                result.emplace_back();
            result.push_back({.align = Align::right});
        }
        return result;
    }

    // Into the row: what stands at the left and what at the right of a kernel's columns.
    void add_cells(std::vector<std::string>& row, const std::string& left,
                   const std::string& middle, const std::string& right) const {
        row.push_back(left);
        if (is_spelled())
            row.push_back(middle);
        row.push_back(right);
    }

    void add_heading() {
        std::vector<std::string> row = {""};
        for (const auto& kernel : kernels_)
            add_cells(row, is_spelled() ? kernel.kernel : "", "",
                      is_spelled() ? "" : kernel.kernel);
        table_.row(row);
    }

    // Of a kernel that did not run the scenario (said once), or not this stage.
    std::string absence(const Observation& kernel) const {
        return is_first_row_ && kernel.is_not_yet() ? "not yet" : "-";
    }

    void add_row(std::vector<std::string> row) {
        table_.row(std::move(row));
        is_first_row_ = false;
    }

    void add_stage_rows(const std::string& name) {
        for (std::size_t n = 0;; ++n) {
            std::vector<std::string> row = {padded(n == 0 ? name : "  again", label_, Align::left)};
            bool ran = false;
            for (const auto& kernel : kernels_) {
                const Stage* stage = occurrence(kernel, name, n);
                ran = ran || stage;
                if (!stage)
                    add_cells(row, is_spelled() ? absence(kernel) : "", "",
                              is_spelled() ? "" : absence(kernel));
                else
                    add_cells(row, is_spelled() ? stage->domain : marks_.of(*stage), stage->mode,
                              grouped(stage->instructions));
            }
            if (!ran && (n > 0 || name == "handler"))
                return;
            add_row(std::move(row));
        }
    }

    // Of a call; nothing where no kernel has any.
    void add_stations() {
        const auto has = [](const Observation& kernel) { return occurrence(kernel, "serve", 0); };
        if (std::ranges::none_of(kernels_, has))
            return;
        for (const std::string name : STATIONS) {
            std::vector<std::string> row = {name};
            for (const auto& kernel : kernels_) {
                const Stage* station = occurrence(kernel, name, 0);
                add_cells(row, "", "", station ? grouped(station->instructions) : absence(kernel));
            }
            add_row(std::move(row));
        }
        table_.blank();
    }

    void add_numbers(const std::string& label, auto value) {
        std::vector<std::string> row = {label};
        for (const auto& kernel : kernels_)
            add_cells(row, "", "", kernel.fault ? grouped(value(kernel)) : absence(kernel));
        add_row(std::move(row));
    }

    void add_totals() {
        table_.blank();
        for (const auto& field : total_fields())
            if (is_shown(field, comparison_))
                add_numbers(words(field.words, field.brief), [&](const Observation& kernel) {
                    return kernel.fault->totals.*field.member;
                });
    }

    // The first call that a kernel does not have, and how many more.
    void add_refusals() {
        if (std::ranges::all_of(kernels_,
                                [](const auto& kernel) { return kernel.refused.empty(); }))
            return;
        std::vector<std::string> row = {words("does not have", "lacks")};
        for (const auto& kernel : kernels_) {
            const auto& calls = kernel.refused;
            const std::string more =
                calls.size() > 1 ? " +" + std::to_string(calls.size() - 1) : "";
            add_cells(row, "", "", calls.empty() ? "-" : calls.front() + more);
        }
        add_row(std::move(row));
    }

    const Comparison& comparison_;
    Kernels kernels_;
    Detail detail_;
    std::size_t label_;
    DomainMarks marks_;
    Table table_;
    bool is_first_row_ = true; // below the heading
};

std::size_t width_of(const std::string& text) {
    std::size_t width = 0;
    for (const auto& line : lines_of(text))
        width = std::max(width, line.size());
    return width;
}

// The totals' long names may make room that the stages' short ones need not leave to the right.
std::string table_text(const Comparison& comparison, Kernels kernels, Detail detail) {
    auto text = ComparisonTable(comparison, kernels, detail).text();
    const std::size_t width = width_of(text);
    for (std::size_t label = 1; label < width; ++label) {
        auto wider = ComparisonTable(comparison, kernels, detail, label).text();
        if (width_of(wider) > width)
            break;
        text = std::move(wider);
    }
    return text;
}

struct Part {
    std::string text;
    Detail detail;
};

// With as much detail as there is room for; the briefest if there is none.
Part part_of(const Comparison& comparison, Kernels kernels, std::size_t width) {
    for (const auto detail : {Detail::spelled, Detail::marked}) {
        if (detail == Detail::spelled && !is_page_fault(comparison))
            continue; // no stage, no domain to spell
        auto text = table_text(comparison, kernels, detail);
        if (width_of(text) <= width)
            return {std::move(text), detail};
    }
    return {table_text(comparison, kernels, Detail::brief), Detail::brief};
}

} // namespace

std::string comparison_table(const Comparison& comparison, std::size_t width) {
    std::string result;
    bool is_marked = false;
    for (Kernels rest = comparison.kernels; !rest.empty();) {
        std::size_t count = rest.size();
        auto part = part_of(comparison, rest, width);
        while (count > 1 && width_of(part.text) > width)
            part = part_of(comparison, rest.first(--count), width);
        // Those that have nothing to show are named below the table.
        if (std::ranges::any_of(rest.first(count),
                                [](const auto& kernel) { return kernel.fault.has_value(); })) {
            result += (result.empty() ? "" : "\n") + part.text;
            is_marked = is_marked || part.detail != Detail::spelled;
        }
        rest = rest.subspan(count);
    }
    const bool has_marks = is_marked && is_page_fault(comparison);
    return (has_marks ? DomainMarks(comparison).legend(width) + "\n" : "") + result;
}

} // namespace faultline
