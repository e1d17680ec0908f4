// The costs as JSON: a stable contract, described in docs/bench.md.
// SPDX-License-Identifier: MIT
//
// Key order is fixed; rows stand in the order of the table, kernel by kernel.
#include "benchmark.hpp"

#include <nlohmann/json.hpp>

namespace faultline {

using Json = nlohmann::ordered_json;

static constexpr int JSON_VERSION = 1;

static Json row_json(const Benchmark& benchmark, const Operation& operation, const Row& row) {
    Json json = {{"kernel", row.kernel},
                 {"operation", row.operation},
                 {"instructions", benchmark.figure(row)},
                 {"minimum", row.minimum},
                 {"median", row.median},
                 {"count", row.count}};
    if (const auto bound = benchmark.bound(operation, row.kernel))
        json["bound"] = *bound;
    return json;
}

std::string benchmark_json(const Benchmark& benchmark) {
    Json rows = Json::array();
    for (const auto& operation : benchmark.operations)
        for (const auto& kernel : benchmark.kernels)
            if (const Row* row = benchmark.row(kernel, operation.name))
                rows.push_back(row_json(benchmark, operation, *row));
    Json not_yet = Json::array();
    for (const auto& entry : benchmark.not_yet)
        not_yet.push_back(
            {{"kernel", entry.kernel}, {"program", entry.program}, {"missing", entry.missing}});
    const Json json = {{"version", JSON_VERSION},
                       {"build", benchmark.build},
                       {"compiler", benchmark.compiler},
                       {"rows", std::move(rows)},
                       {"not_yet", std::move(not_yet)}};
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace faultline
