// Runs kernels under the probe, two at a time, each in a folder of its own.
// SPDX-License-Identifier: MIT
//
// A folder holds what the run is told (probe.conf) and what it leaves: console, trap log, probe's
// result.
#include "observe.hpp"

#include "failure.hpp"
#include "firmware_banner.hpp"
#include "probe_config.hpp"
#include "process.hpp"
#include "progress.hpp"
#include "scratch.hpp"
#include "text.hpp"
#include "visible.hpp"

#include <algorithm>
#include <csignal>
#include <fstream>

namespace faultline {

namespace {

constexpr std::size_t AT_A_TIME = 2;
constexpr unsigned MOST_TRIES = 10; // of a run that shows by chance what is watched
constexpr std::chrono::seconds
    WALL_LIMIT(60); // behind the instruction limit, for a machine that sleeps
constexpr std::size_t MOST_OUTPUT = 1 << 20; // bytes of a console that are kept

struct Run {
    const Kernel* kernel;
    std::filesystem::path folder;
    std::chrono::steady_clock::time_point started;
    Process process;
    unsigned tries = 1;
};

std::string content_or_nothing(const std::filesystem::path& file) {
    return std::filesystem::exists(file) ? read_file(file) : "";
}

Run start(const Experiment& experiment, const Kernel& kernel, const std::filesystem::path& scratch,
          unsigned tries = 1) {
    const auto folder = scratch / kernel.name;
    std::filesystem::create_directory(folder);
    std::filesystem::remove(folder / "result.json"); // of the try before
    const auto& image = kernel_file(kernel, experiment.choice.timer);
    write_file(folder / "probe.conf",
               probe_config_text({.images = load_images(kernel, image, experiment.program.file),
                                  .limit = experiment.limit,
                                  .result = folder / "result.json",
                                  .trace_pages = experiment.trace_pages}));
    auto command =
        machine_command(kernel, experiment.choice, experiment.disk, boot_line(experiment.program));
    const std::vector<std::string> watched = {
        "-display",
        "none",
        "-monitor",
        "none",
        "-serial",
        "file:" + (folder / "console").string(),
        "-d",
        "int",
        "-D",
        (folder / "traps").string(),
        "-plugin",
        option_value(experiment.probe) + ",config=" + option_value(folder / "probe.conf")};
    for (const auto& more : {exact_time(kernel), watched})
        command.insert(command.end(), more.begin(), more.end());
    return {&kernel, folder, std::chrono::steady_clock::now(),
            Process({.command = command,
                     .input = "/dev/null",
                     .output = "/dev/null",
                     .errors = folder / "errors",
                     .group = Group::own,
                     .file_limit = FILE_LIMIT}),
            tries};
}

// What is watched did not happen, by chance.
bool shows_nothing(const Experiment& experiment, const Run& run, const Observation& seen) {
    return experiment.program.by_chance && !seen.fault && seen.status == 0 &&
           run.tries < MOST_TRIES;
}

// The run was ended by a signal, not by the guest or the probe.
[[noreturn]] void refuse_signal(const Run& run, int signal) {
    const std::string limit = std::to_string(FILE_LIMIT >> 20) + " MiB";
    if (signal == SIGXFSZ && std::filesystem::file_size(run.folder / "console") >= FILE_LIMIT)
        throw Failure(Exit::failed,
                      run.kernel->name + " printed more than " + limit +
                          "; the end of its output:\n" + last_lines(console_in(run.folder), 6),
                      "A program that prints for ever looks like this: ./faultline run " +
                          run.kernel->name + " PROGRAM shows it.");
    if (signal == SIGXFSZ)
        throw Failure(Exit::failed,
                      run.kernel->name + " trapped so often that the log of its traps reached " +
                          limit,
                      "A fault that is never mended looks like this: in ./faultline debug " +
                          run.kernel->name +
                          " PROGRAM, break trap_vector and continue show it again and again.");
    throw Failure(Exit::failed,
                  "QEMU was ended by signal " + std::to_string(signal) + " while it ran " +
                      run.kernel->name,
                  "Run it again; a crash of QEMU itself is worth a report to its developers.");
}

[[noreturn]] void disagree(const Observation& seen, const std::string& how) {
    throw Failure(Exit::failed,
                  "probe and QEMU's own trap log disagree on " + seen.kernel + ": " + how,
                  "One of the two witnesses is wrong: run the tests with ./faultline test.");
}

void add_page_fault(Observation& seen, const std::string& log) {
    if (!seen.fault->pc && seen.fault->access == "fetch")
        seen.fault->pc = last_fetch_fault(log);
    const std::uint64_t pc = seen.fault->pc.value_or(0);
    const auto logged = page_fault_at(log, pc);
    if (!logged)
        disagree(seen, "the log has no page fault at pc " + hex(pc));
    if (seen.fault->address && *seen.fault->address != logged->address)
        disagree(seen, "address " + hex(*seen.fault->address) + " against " + hex(logged->address));
    if (words(logged->cause) != seen.fault->access + " page fault")
        disagree(seen, seen.fault->access + " against " + words(logged->cause));
    if (logged->times < seen.fault->faults)
        disagree(seen, std::to_string(seen.fault->faults) + " faults against " +
                           std::to_string(logged->times));
    seen.cause = logged->cause;
    seen.address = logged->address;
}

// A call need not trap at all: a library OS may serve it.
void add_cause(Observation& seen, const std::string& log, const Symbols& program) {
    const std::string& kind = seen.fault->kind;
    if (kind == "page fault")
        return add_page_fault(seen, log);
    const std::uint64_t low = seen.fault->pc.value_or(0);
    const auto end = program.find("scenario_end");
    const auto logged = trap_within(log, kind, low, end ? end->address : low + 1);
    if (logged)
        seen.cause = cause_of(*logged);
    else if (kind != "call")
        disagree(seen, "the log has no " + kind + " at pc " + hex(low));
}

Observation finish(const Experiment& experiment, const Run& run, const Ended& ended) {
    require_space(run.folder);
    const std::string errors = content_or_nothing(run.folder / "errors");
    if (ended.signal != 0)
        refuse_signal(run, ended.signal);
    const bool silent = !std::filesystem::exists(run.folder / "result.json");
    auto result =
        silent ? ProbeResult{} : parse_probe_result(read_file(run.folder / "result.json"));
    // QEMU also has the probe say its result when it refuses the rest of its line.
    if (silent || result.instructions == 0) {
        if (const auto problem = start_problem(ended.status, errors))
            throw start_failure(*problem, " " + run.kernel->name);
        throw Failure(
            Exit::failed,
            run.kernel->name + ": the probe left no result (" +
                exit_meaning(experiment.program.name, ended.status) + ")\n" + last_lines(errors, 8),
            ended.status == PROBE_FAILED ? exit_advice(PROBE_FAILED)
                                         : "Run the probe's tests: ./faultline test -L probe");
    }
    const Symbols program = load_symbols(experiment.program.file);
    Observation seen{.kernel = run.kernel->name,
                     .program = experiment.program.name,
                     .status = result.limit_reached ? PROBE_LIMIT : ended.status,
                     .meaning = "",
                     .output = console_in(run.folder),
                     .has_label = program.find("scenario_fault").has_value(),
                     .fault = std::move(result.fault),
                     .cause = std::nullopt,
                     .address = std::nullopt,
                     .refused = std::move(result.refused)};
    seen.meaning = exit_meaning(seen.program, seen.status);
    if (result.limit_reached)
        seen.meaning += " (" + std::to_string(result.instructions) + " instructions)";
    if (seen.fault)
        add_cause(seen, content_or_nothing(run.folder / "traps"), program);
    return seen;
}

Observation not_yet(const Kernel& kernel, const Program& program,
                    const std::vector<std::string>& missing) {
    Observation seen{};
    seen.kernel = kernel.name;
    seen.program = program.name;
    seen.missing = missing;
    return seen;
}

void check_wall(const Run& run) {
    if (std::chrono::steady_clock::now() - run.started < WALL_LIMIT)
        return;
    const auto output = last_lines(console_in(run.folder), 6);
    throw Failure(
        Exit::failed,
        run.kernel->name + " did not end within " + std::to_string(WALL_LIMIT.count()) + " s" +
            (output.empty() ? "" : "; the end of its output:\n" + output),
        "A machine that sleeps with nothing to wake it looks like this, and a program that "
        "prints for ever: in ./faultline debug " +
            run.kernel->name + " PROGRAM, continue, Ctrl-C and backtrace show where.");
}

} // namespace

std::string program_output(const std::string& console) {
    FirmwareBanner banner;
    const std::string rest = banner.feed(console);
    std::string output;
    for (const char c : rest + banner.finish()) {
        if (c == '\n' && output.ends_with('\r')) // what the serial line makes of a line's end
            output.pop_back();
        output += c;
    }
    return output.substr(std::min(output.find_first_not_of('\n'), output.size()));
}

std::string console_in(const std::filesystem::path& folder) {
    std::ifstream file(folder / "console", std::ios::binary | std::ios::ate);
    if (!file)
        return "";
    const auto size = static_cast<std::size_t>(file.tellg());
    const auto piece = [&](std::size_t from, std::size_t bytes) {
        std::string text(bytes, '\0');
        file.seekg(static_cast<std::streamoff>(from));
        file.read(text.data(), static_cast<std::streamsize>(bytes));
        return text;
    };
    if (size <= MOST_OUTPUT)
        return program_output(piece(0, size));
    return program_output(piece(0, MOST_OUTPUT / 2)) + "\n[" + grouped(size - MOST_OUTPUT) +
           " bytes more are not kept]\n" +
           program_output(piece(size - MOST_OUTPUT / 2, MOST_OUTPUT / 2));
}

std::vector<Observation> observe(const Experiment& experiment,
                                 const std::filesystem::path& scratch) {
    if (!std::filesystem::exists(experiment.probe))
        throw Failure(Exit::failed, "the probe is not built: " + experiment.probe.string(),
                      "Build everything again: ./faultline");
    std::vector<std::optional<Observation>> seen(experiment.kernels.size());
    std::vector<std::pair<std::size_t, Run>> running;
    std::size_t next = 0;
    Progress progress;
    while (next < seen.size() || !running.empty()) {
        for (; next < seen.size() && running.size() < AT_A_TIME; ++next) {
            const Kernel& kernel = *experiment.kernels[next];
            if (const auto missing = kernel.missing_for(experiment.program); !missing.empty())
                seen[next] = not_yet(kernel, experiment.program, missing);
            else
                running.emplace_back(next, start(experiment, kernel, scratch));
        }
        std::vector<std::string> names;
        for (auto& [index, run] : running) {
            const auto ended = run.process.poll();
            if (!ended)
                check_wall(run);
            else if (auto now = finish(experiment, run, *ended);
                     shows_nothing(experiment, run, now))
                run = start(experiment, *run.kernel, scratch, run.tries + 1);
            else
                seen[index] = std::move(now);
            names.push_back(run.kernel->name);
        }
        const auto before = running.size();
        std::erase_if(running, [&](const auto& entry) { return seen[entry.first].has_value(); });
        if (running.size() < before || running.empty())
            continue;
        progress.show("running " + experiment.program.name + " on " + join(names));
        wait_for_event(std::chrono::milliseconds(200));
    }
    std::vector<Observation> result;
    result.reserve(seen.size());
    for (auto& observation : seen)
        result.push_back(std::move(*observation));
    return result;
}

} // namespace faultline
