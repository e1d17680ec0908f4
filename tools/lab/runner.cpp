// Boots a machine for the judge, and keeps what it leaves: exit code, console, probe's result, RAM.
// SPDX-License-Identifier: MIT
//
// The line is that of machine.cpp, with RAM in a file and the probe, started in a sandbox. A run's
// folder holds probe.conf, console, traps, result.json and ram.
#include "runner.hpp"

#include "failure.hpp"
#include "machine.hpp"
#include "observe.hpp"
#include "probe_config.hpp"
#include "scratch.hpp"
#include "text.hpp"
#include "tree.hpp"

#include <algorithm>
#include <fstream>
#include <sys/stat.h>

namespace lab {

using faultline::Exit;
using faultline::Failure;
using faultline::option_value;

namespace {

constexpr std::uint64_t MIB = 1 << 20;

// QEMU's own needs besides the machine's memory; it keeps translated code for later.
constexpr const char* TRANSLATED = "64";       // MiB
constexpr std::uint64_t QEMU_MEMORY = 3 << 10; // MiB of address space
constexpr std::uint64_t QEMU_THREADS = 128;

std::string machine_words(const GuestRun& run, const std::filesystem::path& folder) {
    // The probe refuses to watch without the two that every kernel of the tree has.
    auto images = run.images;
    if (images.empty())
        images.push_back({"kernel", faultline::load_symbols(run.kernel)});
    std::string text = faultline::probe_config_text({.images = images,
                                                     .limit = run.limit,
                                                     .result = folder / "result.json",
                                                     .changes = run.changes,
                                                     .passes = run.passes});
    const auto has = [&](const std::string& function) {
        return text.find("function " + function + " ") != text.npos;
    };
    for (const char* function : {"trap_vector", "fault_receive"})
        if (!has(function))
            text += std::string("function ") + function + " 0x10 0x4\n"; // no code is there
    return text;
}

std::vector<std::string> line_of(const GuestRun& run, const std::filesystem::path& folder) {
    const std::string size = std::to_string(run.memory) + "M";
    std::vector<std::string> line = {
        faultline::find_qemu().string(), "-M", "virt,memory-backend=ram", "-object",
        "memory-backend-file,id=ram,share=on,size=" + size +
            ",mem-path=" + option_value(folder / "ram"),
        "-accel", std::string("tcg,tb-size=") + TRANSLATED, "-cpu", "rv64,sstc=off", "-smp", "1",
        "-m", size, "-no-reboot", "-nic", "none", "-display", "none", "-monitor", "none", "-serial",
        "file:" + (folder / "console").string(), "-plugin",
        option_value(faultline::Tree::here().probe()) +
            ",config=" + option_value(folder / "probe.conf"),
        // A disk's wait is real time (machine.hpp: exact_time).
        "-icount", run.disk.empty() ? "shift=0,sleep=off" : "shift=0", "-kernel",
        run.kernel.string(), "-append", run.boot};
    const auto add = [&](std::initializer_list<std::string> words) {
        line.insert(line.end(), words);
    };
    if (run.trap_log)
        add({"-d", "int", "-D", (folder / "traps").string()});
    if (!run.ram_disk.empty())
        add({"-initrd", run.ram_disk.string()});
    if (!run.disk.empty())
        add({"-global", "virtio-mmio.force-legacy=false", "-drive",
             "file=" + option_value(run.disk) + ",if=none,format=raw,id=disk,snapshot=on",
             "-device", "virtio-blk-device,drive=disk"});
    return line;
}

// In a file of its own size, of which nothing is written yet.
void make_ram(const std::filesystem::path& file, std::uint64_t bytes) {
    faultline::write_file(file, "");
    std::filesystem::resize_file(file, bytes);
}

// What a stranger's process left under a name that we gave it: a plain file, or nothing.
std::optional<std::string> plain_content(const std::filesystem::path& file) {
    struct stat info {};
    if (lstat(file.c_str(), &info) != 0 || !S_ISREG(info.st_mode))
        return std::nullopt;
    return faultline::read_file(file);
}

void read_ending(const JobEnd& job, const GuestRun& run, GuestEnd& end) {
    using enum GuestEnding;
    end.status = job.ended.signal ? job.ended.signal : job.ended.status;
    const auto result = plain_content(end.folder / "result.json");
    if (job.how == JobEnding::by_itself && result) {
        auto seen = faultline::parse_probe_result(*result);
        end.instructions = seen.instructions;
        end.fault = std::move(seen.fault);
        end.refused = std::move(seen.refused);
        end.changes = std::move(seen.changes);
        end.passes = std::move(seen.passes);
        end.how = seen.limit_reached ? limit : by_itself;
        if (end.instructions > 0)
            return;
    }
    switch (job.how) {
    case JobEnding::wall:
    case JobEnding::processor:
        end.how = wall;
        return;
    case JobEnding::file:
    case JobEnding::disk:
        end.how = output;
        return;
    case JobEnding::signal:
        end.how = host;
        return;
    case JobEnding::by_itself:
        break;
    }
    faultline::require_space(end.folder);
    throw Failure(Exit::failed,
                  "the machine did not start with " + run.kernel.filename().string() + " (status " +
                      std::to_string(end.status) + "):\n" + job.output,
                  "`./faultline doctor` checks QEMU.");
}

} // namespace

GuestEnd Runner::run(const GuestRun& run) {
    GuestEnd end;
    end.folder = folder_ / ("run-" + std::to_string(++runs_));
    std::filesystem::create_directories(end.folder);
    faultline::write_file(end.folder / "probe.conf", machine_words(run, end.folder));
    end.ram = end.folder / "ram";
    make_ram(end.ram, run.memory * MIB);
    Job job{.command = line_of(run, end.folder),
            .folder = end.folder,
            .reads = {run.kernel, faultline::Tree::here().probe()},
            .directory = {},
            .limits = {.wall = run.wall,
                       .processor = std::chrono::seconds(60),
                       .memory = (QEMU_MEMORY + run.memory) * MIB,
                       .file = faultline::FILE_LIMIT,
                       .disk = run.memory * MIB + 3 * faultline::FILE_LIMIT,
                       .processes = QEMU_THREADS}};
    for (const auto& file : {run.ram_disk, run.disk})
        if (!file.empty())
            job.reads.push_back(file);
    const JobEnd ended = sandbox_->run(job);
    read_ending(ended, run, end);
    end.console = faultline::console_in(end.folder);
    if (run.trap_log)
        end.traps = plain_content(end.folder / "traps").value_or("");
    return end;
}

JobEnd Runner::ask(const std::vector<std::string>& command,
                   const std::filesystem::path& file) const {
    const auto folder = folder_ / "asked";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    return sandbox_->run({.command = command,
                          .folder = folder,
                          .reads = {file},
                          .directory = {},
                          .limits = {.wall = std::chrono::seconds(10), .file = 1 << 20}});
}

void Runner::forget(const GuestEnd& end) const {
    std::error_code ignored;
    std::filesystem::remove_all(end.folder, ignored);
}

GuestRun program_run(const faultline::Manifest& manifest, const std::string& kernel,
                     const std::string& program) {
    const auto& chosen = manifest.kernel(kernel);
    const auto& runs = manifest.program(program);
    faultline::require_features(chosen, runs);
    GuestRun run{.kernel = chosen.image, .boot = faultline::boot_line(runs)};
    if (chosen.has("files"))
        run.disk = manifest.disk;
    run.ram_disk = chosen.has("files") ? chosen.ram_disk : manifest.disk;
    run.images = faultline::load_images(chosen, chosen.image, runs.file);
    return run;
}

std::vector<std::byte> read_ram(const std::filesystem::path& ram, std::uint64_t address,
                                std::uint64_t bytes) {
    std::ifstream file(ram, std::ios::binary | std::ios::ate);
    const auto size = file ? static_cast<std::uint64_t>(file.tellg()) : 0;
    if (address < RAM_BASE || bytes > size || address - RAM_BASE > size - bytes)
        throw Failure(Exit::failed,
                      faultline::grouped(bytes) + " bytes at " + faultline::hex(address) +
                          " are not in the machine's memory",
                      "The machine has " + faultline::grouped(size) + " bytes from " +
                          faultline::hex(RAM_BASE) + " on.");
    std::vector<std::byte> content(bytes);
    file.seekg(static_cast<std::streamoff>(address - RAM_BASE));
    file.read(reinterpret_cast<char*>(content.data()), static_cast<std::streamsize>(bytes));
    return content;
}

std::string to_words(const GuestEnd& end) {
    switch (end.how) {
    case GuestEnding::by_itself:
        return faultline::exit_meaning("the machine", end.status);
    case GuestEnding::limit:
        return "it had not ended after " + faultline::grouped(end.instructions) + " instructions";
    case GuestEnding::wall:
        return "it slept with nothing to wake it, until its time was over";
    case GuestEnding::output:
        return "it printed or trapped without end";
    case GuestEnding::host:
        return "QEMU itself was ended by signal " + std::to_string(end.status);
    }
    return "";
}

} // namespace lab
