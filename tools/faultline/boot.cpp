// How long a kernel boots: from OpenSBI's hand-over to the shell's prompt.
// SPDX-License-Identifier: MIT
//
// The probe counts from the kernel's first instruction to the first byte that goes to the serial
// port after the shell has put its prompt together, and ends the machine there.
#include "boot.hpp"

#include "abi/address_map.h"
#include "batch.hpp"
#include "failure.hpp"
#include "probe_config.hpp"
#include "probe_result.hpp"
#include "text.hpp"
#include "tree.hpp"
#include "visible.hpp"

#include <algorithm>

namespace faultline {

namespace {

constexpr std::size_t BOOTS = 3; // of each kernel: what waits for the disk varies
constexpr std::uint64_t LIMIT = 500'000'000;
const std::string OPERATION = "boot";
const std::string SHELL = "sh";
const std::string PROMPT = "make_prompt"; // the shell's function, in whatever class

std::uint64_t prompt_address(const Symbols& shell) {
    const auto found = std::ranges::find_if(shell.by_name, [](const auto& entry) {
        return entry.first.find(PROMPT) != std::string::npos;
    });
    if (found == shell.by_name.end())
        throw Failure(Exit::failed, shell.file.string() + " has no function " + PROMPT,
                      "The boot is measured up to it: name it so again.");
    return found->second.address;
}

Job boot_job(const std::string& name, const Kernel& kernel, const MachineChoice& choice,
             const Manifest& manifest, const std::filesystem::path& scratch) {
    const auto& image = kernel_file(kernel, choice.timer);
    const auto images = load_images(kernel, image, manifest.program(SHELL).file);
    std::string config =
        probe_config_text({.images = images, .limit = LIMIT, .result = scratch / (name + ".json")});
    config += "span " + hex(KERNEL_LOAD) + " " + hex(prompt_address(images.back().symbols)) + "\n";
    write_file(scratch / (name + ".conf"), config);
    auto command = machine_command(kernel, choice, Disk{manifest.disk}, "");
    const auto time = exact_time(kernel);
    command.insert(command.end(), time.begin(), time.end());
    command.insert(command.end(), {"-plugin", option_value(Tree::here().probe()) + ",config=" +
                                                  option_value(scratch / (name + ".conf"))});
    return {name, command};
}

std::uint64_t boot_length(const Job& job, const Finished& finished,
                          const std::filesystem::path& scratch) {
    const auto file = scratch / (job.name + ".json");
    const auto words = last_lines(finished.console + finished.errors, 8);
    if (!std::filesystem::exists(file))
        throw Failure(Exit::failed, job.name + ": the probe left no result\n" + words,
                      "Run the probe's tests: ./faultline test -L probe");
    const auto result = parse_probe_result(read_file(file));
    if (!result.span)
        throw Failure(Exit::failed,
                      job.name + ": the shell's prompt did not appear; " +
                          (result.limit_reached ? "the instruction limit was reached"
                                                : exit_meaning(SHELL, finished.ended.status)) +
                          "\n" + words,
                      "Look at it by hand: ./faultline run " +
                          job.name.substr(OPERATION.size() + 1, job.name.rfind('-') - 5) + ".");
    return *result.span;
}

} // namespace

void add_boot_rows(Benchmark& benchmark, const MachineChoice& choice, const Manifest& manifest,
                   const std::vector<const Kernel*>& kernels,
                   const std::filesystem::path& scratch) {
    std::vector<Job> jobs;
    for (const Kernel* kernel : kernels) {
        if (!manifest.has_program(SHELL)) {
            benchmark.not_yet.push_back({kernel->name, SHELL, {"a shell"}});
            continue;
        }
        if (auto missing = kernel->missing_for(manifest.program(SHELL)); !missing.empty()) {
            benchmark.not_yet.push_back({kernel->name, SHELL, std::move(missing)});
            continue;
        }
        for (std::size_t i = 0; i < BOOTS; ++i)
            jobs.push_back(boot_job(OPERATION + "-" + kernel->name + "-" + std::to_string(i),
                                    *kernel, choice, manifest, scratch));
    }
    const auto finished = run_all(jobs, scratch);
    for (std::size_t first = 0; first < jobs.size(); first += BOOTS) {
        std::vector<std::uint64_t> lengths;
        for (std::size_t i = first; i < first + BOOTS; ++i)
            lengths.push_back(boot_length(jobs[i], finished[i], scratch));
        std::ranges::sort(lengths);
        const auto& name = jobs[first].name; // boot-KERNEL-0
        const auto kernel = name.substr(OPERATION.size() + 1, name.size() - OPERATION.size() - 3);
        benchmark.rows.push_back({kernel, OPERATION, lengths.front(), lengths[BOOTS / 2], BOOTS});
    }
}

} // namespace faultline
