// `faultline compare`: the same fault on every kernel, side by side.
// SPDX-License-Identifier: MIT
//
// Chooses kernels and program, has them run (observe.cpp), reports (compare_text.cpp,
// compare_json.cpp).
#include "commands.hpp"
#include "observe.hpp"
#include "own_program.hpp"
#include "progress.hpp"
#include "scratch.hpp"
#include "text.hpp"
#include "tree.hpp"

#include <algorithm>
#include <cstdio>
#include <unistd.h>

namespace faultline {

// Heading bold, complaints red; without colour the words alone must do.
static std::string coloured(const std::string& text) {
    std::string result;
    const char* colour = "\033[1m";
    for (const auto& line : lines_of(text)) {
        const bool loud = line.starts_with("NOT THE SAME") || line.starts_with("FAILED");
        const bool goes_on = line.starts_with("  ") && !line.starts_with("    ");
        if (loud)
            colour = "\033[1;31m";
        else if (!goes_on && !result.empty())
            colour = "";
        result += colour + line + (*colour ? "\033[0m" : "") + "\n";
    }
    return result;
}

Exit compare(const CompareOptions& options) {
    check_writable(options.json);
    const Manifest manifest = options.guest.manifest();
    const Scratch scratch;
    Experiment experiment{.kernels = chosen_kernels(manifest, options.kernels),
                          .choice = options.guest.machine(),
                          .probe = Tree::here().probe(),
                          .disk = {manifest.disk, Disk::Writes::are_dropped},
                          .program = {},
                          .limit = options.limit};
    if (!options.trace_pages.empty()) {
        if (experiment.kernels.size() != 1)
            throw Failure(Exit::usage, "page references are those of one kernel",
                          "Name it: --kernels KERNEL.");
        check_writable(options.trace_pages);
        experiment.trace_pages = std::filesystem::absolute(options.trace_pages);
    }
    find_qemu();
    if (is_source_file(options.scenario)) {
        const auto own =
            build_own_program(manifest, options.scenario, scratch.path(), manifest.disk);
        experiment.program = own.program;
        experiment.disk = own.disk;
    } else {
        experiment.program = manifest.program(options.scenario);
    }
    const Comparison comparison{.scenario = experiment.program.name,
                                .build = manifest.build,
                                .timer = options.guest.timer == "sstc" ? "Sstc" : "SBI",
                                .kernels = observe(experiment, scratch.path()),
                                .figures = experiment.program.figures};
    if (!options.json.empty() && options.json != "-")
        replace_file(options.json, comparison_json(comparison));
    const std::string text =
        comparison_text(comparison, width_of_stream(STDOUT_FILENO, TEXT_WIDTH));
    const bool as_json = options.json == "-";
    print(as_json ? comparison_json(comparison) : colour_on(STDOUT_FILENO) ? coloured(text) : text);

    const bool well = differences(comparison).empty() &&
                      std::ranges::none_of(comparison.kernels, [](const auto& kernel) {
                          return problem_of(kernel).has_value();
                      });
    if (!well && as_json) // the reasons, where they do not disturb the JSON
        std::fputs(text.c_str(), stderr);
    return well ? Exit::done : Exit::failed;
}

} // namespace faultline
