// `faultline bench`: what each operation costs on each kernel, beside the peers.
// SPDX-License-Identifier: MIT
//
// The benchmark programs measure themselves, in the guest (docs/bench.md); boot.cpp has the probe
// measure the boot. Reported by bench_text.cpp and bench_json.cpp.
#include "abi/machine_exit.hpp"
#include "batch.hpp"
#include "benchmark.hpp"
#include "boot.hpp"
#include "commands.hpp"
#include "progress.hpp"
#include "scratch.hpp"
#include "text.hpp"
#include "tree.hpp"
#include "visible.hpp"

#include <algorithm>
#include <cstdio>
#include <unistd.h>

namespace faultline {

namespace {

const std::string BOOT = "boot";

// The operations that were asked for; all if none was.
std::vector<Operation> chosen_operations(const Peers& peers,
                                         const std::vector<std::string>& names) {
    if (names.empty())
        return peers.operations;
    std::vector<Operation> chosen;
    for (const auto& name : names) {
        const Operation* operation = peers.find(name);
        if (!operation)
            throw Failure(Exit::usage, "there is no operation " + name,
                          suggestion(name, peers.operation_names()));
        if (std::ranges::find(chosen, name, &Operation::name) == chosen.end())
            chosen.push_back(*operation);
    }
    return chosen;
}

struct Plan {
    std::vector<Job> jobs;
    std::vector<std::string> kernels; // of each job
};

void add_job(Plan& plan, const BenchOptions& options, const Manifest& manifest,
             const Kernel& kernel, const std::string& name, const std::string& line) {
    auto command = machine_command(kernel, options.guest.machine(), Disk{manifest.disk}, line);
    const auto time = exact_time(kernel);
    command.insert(command.end(), time.begin(), time.end());
    plan.jobs.push_back({name + "-on-" + kernel.name, std::move(command)});
    plan.kernels.push_back(kernel.name);
}

void add_programs(Plan& plan, Benchmark& benchmark, const BenchOptions& options,
                  const Manifest& manifest, const std::vector<const Kernel*>& kernels) {
    for (const Kernel* kernel : kernels)
        for (const auto& program : manifest.programs) {
            if (!program.benchmark)
                continue;
            if (auto missing = kernel->missing_for(program); !missing.empty()) {
                benchmark.not_yet.push_back({kernel->name, program.name, std::move(missing)});
                continue;
            }
            add_job(plan, options, manifest, *kernel, program.name, boot_line(program));
        }
    for (const Kernel* kernel : kernels)
        for (const auto& own : kernel->benchmarks)
            add_job(plan, options, manifest, *kernel, own.name, own.boot);
}

void add_rows(Benchmark& benchmark, const Job& job, const std::string& kernel,
              const Finished& finished) {
    for (auto& row : parse_rows(kernel, finished.console)) {
        if (benchmark.row(kernel, row.operation))
            throw Failure(Exit::failed, "two benchmarks on " + kernel + " print " + row.operation,
                          "One operation, one program: rename one of them.");
        benchmark.rows.push_back(std::move(row));
    }
    if (finished.ended.status != 0)
        benchmark.problems.push_back(job.name + ": " +
                                     exit_meaning(job.name, finished.ended.status) + "\n" +
                                     last_lines(finished.console, 6));
}

// A row that was to be there and is not.
void note_missing_rows(Benchmark& benchmark) {
    for (const auto& kernel : benchmark.kernels) {
        const bool waits = std::ranges::any_of(
            benchmark.not_yet, [&](const NotYet& entry) { return entry.kernel == kernel; });
        for (const auto& operation : benchmark.operations)
            if (!waits && operation.is_of(kernel) && !benchmark.row(kernel, operation.name))
                benchmark.problems.push_back("no benchmark on " + kernel + " printed a row " +
                                             operation.name);
    }
}

// What a program printed and peers.json does not know has a row all the same.
void add_unknown_operations(Benchmark& benchmark) {
    for (const auto& row : benchmark.rows)
        if (std::ranges::find(benchmark.operations, row.operation, &Operation::name) ==
            benchmark.operations.end())
            benchmark.operations.push_back({.name = row.operation, .meaning = ""});
}

Benchmark measure(const BenchOptions& options) {
    const Manifest manifest = options.guest.manifest();
    const Peers peers = load_peers(Tree::here().top / "tools" / "faultline" / "peers.json");
    const auto kernels = chosen_kernels(manifest, options.kernels);
    Benchmark benchmark{.build = manifest.build,
                        .compiler = manifest.compiler,
                        .kernels = {},
                        .operations = chosen_operations(peers, options.operations),
                        .peers = peers.peers,
                        .rows = {},
                        .not_yet = {},
                        .problems = {}};
    for (const Kernel* kernel : kernels)
        benchmark.kernels.push_back(kernel->name);
    std::erase_if(benchmark.operations, [&](const Operation& operation) {
        return std::ranges::none_of(benchmark.kernels,
                                    [&](const auto& kernel) { return operation.is_of(kernel); });
    });
    const bool boot = std::ranges::find(benchmark.operations, BOOT, &Operation::name) !=
                      benchmark.operations.end();
    const bool programs = !boot || benchmark.operations.size() > 1;

    const Scratch scratch;
    if (boot)
        add_boot_rows(benchmark, options.guest.machine(), manifest, kernels, scratch.path());
    Plan plan;
    if (programs)
        add_programs(plan, benchmark, options, manifest, kernels);
    const auto finished = run_all(plan.jobs, scratch.path());
    for (std::size_t i = 0; i < finished.size(); ++i)
        add_rows(benchmark, plan.jobs[i], plan.kernels[i], finished[i]);
    if (options.operations.empty())
        add_unknown_operations(benchmark);
    note_missing_rows(benchmark);
    return benchmark;
}

} // namespace

Exit bench(const BenchOptions& options) {
    check_writable(options.json);
    const Benchmark benchmark = measure(options);
    const bool as_json = options.json == "-";
    if (!options.json.empty() && !as_json)
        replace_file(options.json, benchmark_json(benchmark));
    const std::string text = benchmark_text(benchmark, width_of_stream(STDOUT_FILENO, 100));
    print(as_json ? benchmark_json(benchmark) : text);
    const bool well = benchmark.problems.empty() && benchmark.exceeded().empty();
    if (!well && as_json)
        std::fputs(text.c_str(), stderr);
    return well ? Exit::done : Exit::failed;
}

} // namespace faultline
