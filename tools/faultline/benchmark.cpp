// Reading what `bench` knows (peers.json) and what the benchmark programs print.
// SPDX-License-Identifier: MIT
//
// A benchmark program prints for each operation, on a line of its own
//     bench <operation> min <n> median <n> count <n>
#include "benchmark.hpp"

#include "bound.hpp"
#include "compare_table.hpp"
#include "failure.hpp"
#include "text.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace faultline {

using Json = nlohmann::json;

bool Operation::is_of(const std::string& kernel) const {
    return kernels.empty() || std::ranges::find(kernels, kernel) != kernels.end();
}

std::vector<std::string> Peers::operation_names() const {
    std::vector<std::string> names;
    for (const auto& operation : operations)
        names.push_back(operation.name);
    return names;
}

const Operation* Peers::find(const std::string& name) const {
    const auto found = std::ranges::find(operations, name, &Operation::name);
    return found == operations.end() ? nullptr : &*found;
}

static std::map<std::string, std::uint64_t> numbers(const Json& entry, const char* key) {
    std::map<std::string, std::uint64_t> result;
    if (const auto found = entry.find(key); found != entry.end())
        for (const auto& [name, value] : found->items())
            result[name] = value.get<std::uint64_t>();
    return result;
}

Peers load_peers(const std::filesystem::path& file) {
    try {
        const Json json = Json::parse(read_file(file));
        Peers peers;
        for (const auto& entry : json.at("peers"))
            peers.peers.push_back({.name = entry.at("name"), .source = entry.at("source")});
        for (const auto& entry : json.at("operations"))
            peers.operations.push_back(
                {.name = entry.at("operation"),
                 .meaning = entry.at("meaning"),
                 .waits_for_disk = entry.value("waits_for_disk", false),
                 .kernels = entry.value("kernels", std::vector<std::string>()),
                 .bounds = numbers(entry, "bounds"),
                 .peers = numbers(entry, "peers")});
        return peers;
    } catch (const Json::exception& error) {
        throw Failure(Exit::failed, file.string() + " cannot be read: " + error.what(),
                      "Restore it from the repository: git checkout " + file.string());
    }
}

std::vector<Row> parse_rows(const std::string& kernel, const std::string& output) {
    std::vector<Row> rows;
    for (const auto& line : lines_of(output)) {
        if (!line.starts_with("bench "))
            continue;
        const auto words = split(line, ' ');
        const auto number = [&](std::size_t at, const char* name) {
            return words.size() == 8 && words[at] == name ? parse_number(words[at + 1])
                                                          : std::nullopt;
        };
        const auto minimum = number(2, "min");
        const auto median = number(4, "median");
        const auto count = number(6, "count");
        if (!minimum || !median || !count || *count == 0 || *median < *minimum)
            throw Failure(Exit::failed,
                          std::string("a benchmark on ")
                              .append(kernel)
                              .append(" printed a malformed line:\n    ")
                              .append(line),
                          "It should read: bench <operation> min <n> median <n> count <n>.");
        rows.push_back({kernel, words[1], *minimum, *median, *count});
    }
    return rows;
}

const Row* Benchmark::row(const std::string& kernel, const std::string& operation) const {
    const auto found = std::ranges::find_if(
        rows, [&](const Row& row) { return row.kernel == kernel && row.operation == operation; });
    return found == rows.end() ? nullptr : &*found;
}

std::uint64_t Benchmark::figure(const Row& row) const {
    const auto found = std::ranges::find(operations, row.operation, &Operation::name);
    return found != operations.end() && found->waits_for_disk ? row.minimum : row.median;
}

std::optional<std::uint64_t> Benchmark::bound(const Operation& operation,
                                              const std::string& kernel) const {
    const auto promised = operation.bounds.find(kernel);
    if (promised == operation.bounds.end())
        return std::nullopt;
    return bound_for(compiler, promised->second);
}

std::vector<std::string> Benchmark::exceeded() const {
    std::vector<std::string> result;
    for (const auto& operation : operations)
        for (const auto& [kernel, promised] : operation.bounds) {
            const Row* found = row(kernel, operation.name);
            const std::uint64_t held_to = bound_for(compiler, promised);
            if (found && figure(*found) > held_to)
                result.push_back(operation.name + " on " + kernel + " takes " +
                                 grouped(figure(*found)) +
                                 " instructions, more than its bound of " + grouped(held_to) +
                                 (is_reference(compiler) ? "" : " with " + compiler));
        }
    return result;
}

} // namespace faultline
