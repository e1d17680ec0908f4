// Machines that run unattended, two at a time, each with a folder of its own.
// SPDX-License-Identifier: MIT
//
// Between bench.cpp, which says what to run, and process.cpp, which starts it.
#include "batch.hpp"

#include "failure.hpp"
#include "machine.hpp"
#include "observe.hpp"
#include "progress.hpp"
#include "scratch.hpp"
#include "text.hpp"
#include "visible.hpp"

#include <chrono>
#include <optional>

namespace faultline {

namespace {

constexpr std::size_t AT_A_TIME = 2;
constexpr std::chrono::seconds WALL_LIMIT(120); // for a machine that sleeps, or loops

struct Running {
    std::size_t index;
    std::filesystem::path folder;
    std::chrono::steady_clock::time_point started;
    Process process;
};

std::string content_or_nothing(const std::filesystem::path& file) {
    return std::filesystem::exists(file) ? read_file(file) : "";
}

Running start(std::size_t index, const Job& job, const std::filesystem::path& scratch) {
    const auto folder = scratch / job.name;
    std::filesystem::create_directory(folder);
    auto command = job.command;
    command.insert(command.end(), {"-display", "none", "-monitor", "none", "-serial",
                                   "file:" + option_value(folder / "console")});
    return {index, folder, std::chrono::steady_clock::now(),
            Process({.command = command,
                     .input = "/dev/null",
                     .output = "/dev/null",
                     .errors = folder / "errors",
                     .group = Group::own,
                     .file_limit = FILE_LIMIT})};
}

Finished finish(const Job& job, const Running& running, const Ended& ended) {
    require_space(running.folder);
    Finished result{.ended = ended,
                    .console = console_in(running.folder),
                    .errors = content_or_nothing(running.folder / "errors")};
    if (ended.signal != 0)
        throw Failure(Exit::failed,
                      "QEMU was ended by signal " + std::to_string(ended.signal) +
                          " while it ran " + job.name,
                      "Run it again; a crash of QEMU itself is worth a report to its developers.");
    if (const auto problem = start_problem(ended.status, result.errors))
        throw start_failure(*problem);
    return result;
}

void check_wall(const Job& job, const Running& running) {
    if (std::chrono::steady_clock::now() - running.started < WALL_LIMIT)
        return;
    const auto output = last_lines(console_in(running.folder), 6);
    throw Failure(Exit::failed,
                  job.name + " did not end within " + std::to_string(WALL_LIMIT.count()) + " s" +
                      (output.empty() ? "" : "; the end of its output:\n" + output),
                  "A machine that sleeps with nothing to wake it looks like this, and one that "
                  "loops.");
}

} // namespace

std::vector<Finished> run_all(const std::vector<Job>& jobs, const std::filesystem::path& scratch) {
    std::vector<std::optional<Finished>> finished(jobs.size());
    std::vector<Running> running;
    std::size_t next = 0;
    Progress progress;
    while (next < jobs.size() || !running.empty()) {
        for (; next < jobs.size() && running.size() < AT_A_TIME; ++next)
            running.push_back(start(next, jobs[next], scratch));
        std::vector<std::string> names;
        for (auto& entry : running) {
            if (const auto ended = entry.process.poll())
                finished[entry.index] = finish(jobs[entry.index], entry, *ended);
            else
                check_wall(jobs[entry.index], entry);
            names.push_back(jobs[entry.index].name);
        }
        const auto before = running.size();
        std::erase_if(running, [&](const auto& e) { return finished[e.index].has_value(); });
        if (running.size() < before)
            continue;
        progress.show("running " + join(names));
        wait_for_event(std::chrono::milliseconds(200));
    }
    std::vector<Finished> result;
    result.reserve(finished.size());
    for (auto& entry : finished)
        result.push_back(std::move(*entry));
    return result;
}

} // namespace faultline
