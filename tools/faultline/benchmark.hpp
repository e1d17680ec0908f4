// What `bench` measures, and what came of it.
// SPDX-License-Identifier: MIT
//
// Operations, bounds and the peers' figures are read from peers.json; rows from what the benchmark
// programs print. bench_text.cpp and bench_json.cpp report them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace faultline {

struct Peer {
    std::string name;
    std::string source; // version or commit, and how it was built
};

struct Operation {
    std::string name;
    std::string meaning;
    bool waits_for_disk = false;                   // then the minimum counts, else the median
    std::vector<std::string> kernels{};            // that alone have it; none: all have
    std::map<std::string, std::uint64_t> bounds{}; // by kernel
    std::map<std::string, std::uint64_t> peers{};  // by peer

    bool is_of(const std::string& kernel) const;
};

struct Peers {
    std::vector<Peer> peers;
    std::vector<Operation> operations;

    std::vector<std::string> operation_names() const;
    const Operation* find(const std::string& name) const;
};
Peers load_peers(const std::filesystem::path& file);

// All in guest instructions.
struct Row {
    std::string kernel;
    std::string operation;
    std::uint64_t minimum = 0;
    std::uint64_t median = 0;
    std::uint64_t count = 0; // how often it was measured
};

// The `bench` lines of a program's output. Throws a Failure that quotes a line that is malformed.
std::vector<Row> parse_rows(const std::string& kernel, const std::string& output);

// A benchmark program that a kernel cannot run yet.
struct NotYet {
    std::string kernel;
    std::string program;
    std::vector<std::string> missing;
};

struct Benchmark {
    std::string build;
    std::string compiler; // of the guest
    std::vector<std::string> kernels;
    std::vector<Operation> operations; // the rows of the table
    std::vector<Peer> peers;
    std::vector<Row> rows;
    std::vector<NotYet> not_yet;
    std::vector<std::string> problems; // a program that failed, a row that nobody printed

    const Row* row(const std::string& kernel, const std::string& operation) const;
    // The figure of a row: its median, or its minimum where the disk is waited for.
    std::uint64_t figure(const Row& row) const;
    // What KERNEL is held to: what is promised, or 5 % more of another compiler (bound.hpp).
    std::optional<std::uint64_t> bound(const Operation& operation, const std::string& kernel) const;
    // Rows above their bound: a sentence each.
    std::vector<std::string> exceeded() const;
};

std::string benchmark_text(const Benchmark& benchmark, std::size_t width);
std::string benchmark_json(const Benchmark& benchmark);

} // namespace faultline
