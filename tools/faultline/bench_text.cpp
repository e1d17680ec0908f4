// The costs as one table for people.
// SPDX-License-Identifier: MIT
//
// A row an operation; a column a kernel, the bound, and a column a peer.
#include "benchmark.hpp"
#include "bound.hpp"
#include "compare_table.hpp"
#include "table.hpp"
#include "text.hpp"

#include <algorithm>

namespace faultline {

static bool is_not_yet(const Benchmark& benchmark, const std::string& kernel) {
    return std::ranges::any_of(benchmark.not_yet,
                               [&](const NotYet& entry) { return entry.kernel == kernel; });
}

static std::string cell(const Benchmark& benchmark, const std::string& kernel,
                        const Operation& operation) {
    if (const Row* row = benchmark.row(kernel, operation.name))
        return grouped(benchmark.figure(*row));
    return operation.is_of(kernel) && is_not_yet(benchmark, kernel) ? "not yet" : "-";
}

// "120 holds"; "120, 160 hold" for two kernels in their order; or the one that is exceeded.
static std::string bound_cell(const Benchmark& benchmark, const Operation& operation) {
    std::string promised;
    std::string held;
    for (const auto& kernel : benchmark.kernels) {
        const auto bound = benchmark.bound(operation, kernel);
        if (!bound)
            continue;
        const Row* row = benchmark.row(kernel, operation.name);
        if (row && benchmark.figure(*row) > *bound)
            return grouped(*bound) + " EXCEEDED";
        for (std::string* words : {&promised, row ? &held : nullptr})
            if (words)
                *words += (words->empty() ? "" : ", ") + grouped(*bound);
    }
    if (held.empty())
        return promised;
    return held + (held.find(' ') == held.npos ? " holds" : " hold");
}

enum class Part { all, kernels, peers };

static Table table_of(const Benchmark& benchmark, Part part) {
    const bool kernels = part != Part::peers;
    const bool peers = part != Part::kernels;
    std::vector<Column> columns = {{}};
    std::vector<std::string> headings = {""};
    const auto column = [&](const std::string& heading, Align align) {
        columns.push_back({.align = align, .gap = 2});
        headings.push_back(heading);
    };
    if (kernels) {
        for (const auto& kernel : benchmark.kernels)
            column(kernel, Align::right);
        column("bound", Align::left);
    }
    if (peers)
        for (const auto& peer : benchmark.peers)
            column(peer.name, Align::right);
    Table table(columns);
    table.row(headings);
    for (const auto& operation : benchmark.operations) {
        std::vector<std::string> row = {operation.name + (operation.waits_for_disk ? " *" : "")};
        if (kernels) {
            for (const auto& kernel : benchmark.kernels)
                row.push_back(cell(benchmark, kernel, operation));
            row.push_back(bound_cell(benchmark, operation));
        }
        for (const auto& peer : peers ? benchmark.peers : std::vector<Peer>()) {
            const auto figure = operation.peers.find(peer.name);
            row.push_back(figure == operation.peers.end() ? "-" : grouped(figure->second));
        }
        table.row(std::move(row));
    }
    return table;
}

// Where all columns do not fit side by side, the peers follow below.
static std::string tables(const Benchmark& benchmark, std::size_t width) {
    const auto all = table_of(benchmark, Part::all).text();
    const bool fits = std::ranges::all_of(
        lines_of(all), [&](const std::string& line) { return line.size() <= width; });
    return fits ? all
                : table_of(benchmark, Part::kernels).text() + "\n" +
                      table_of(benchmark, Part::peers).text();
}

static std::string what_is_not_yet(const Benchmark& benchmark, std::size_t width) {
    std::string text;
    for (const auto& kernel : benchmark.kernels) {
        std::vector<std::string> missing;
        for (const auto& entry : benchmark.not_yet)
            if (entry.kernel == kernel)
                for (const auto& word : entry.missing)
                    if (std::ranges::find(missing, word) == missing.end())
                        missing.push_back(word);
        if (!missing.empty())
            text += wrapped("Not yet on " + kernel + ": it lacks " + join(missing) + ".", width);
    }
    return text;
}

std::string benchmark_text(const Benchmark& benchmark, std::size_t width) {
    const std::size_t line = std::min<std::size_t>(width, 100) - 2;
    std::string text = wrapped("Guest instructions per operation (" + benchmark.build + " build, " +
                                   benchmark.compiler + ")",
                               line) +
                       "\n" + tables(benchmark, width) + "\n";
    const bool disk = std::ranges::any_of(benchmark.operations, &Operation::waits_for_disk);
    text += wrapped(std::string("Each figure is the median of what was measured") +
                        (disk ? "; where the disk is waited for (*), the minimum" : "") +
                        ". docs/bench.md says how each is measured, and on what the peers' "
                        "figures were.",
                    line);
    if (!is_reference(benchmark.compiler))
        text += wrapped("The bounds promised for " + std::string(REFERENCE_COMPILER) +
                            " and 5 % more, since " + benchmark.compiler + " compiled this.",
                        line);
    text += what_is_not_yet(benchmark, line);
    for (const auto& problem : benchmark.problems)
        text += "FAILED: " + problem + "\n";
    for (const auto& sentence : benchmark.exceeded())
        text += "EXCEEDED: " + sentence + "\n";
    return text;
}

} // namespace faultline
