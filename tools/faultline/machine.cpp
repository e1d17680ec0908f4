// The one machine that every kernel runs on, as a QEMU command line.
// SPDX-License-Identifier: MIT
//
// Next: compare.cpp, run.cpp and debug.cpp complete the line and start it (process.cpp).
#include "machine.hpp"

#include "abi/address_map.h"
#include "abi/machine_exit.hpp"
#include "failure.hpp"
#include "firmware_check.hpp"
#include "process.hpp"
#include "text.hpp"
#include "visible.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace faultline {

std::filesystem::path find_qemu() {
    const char* other = std::getenv("FAULTLINE_QEMU");
    const std::string name = other && *other ? other : "qemu-system-riscv64";
    const auto found = find_command(name);
    if (!found)
        throw Failure(Exit::missing,
                      name + " is not on this machine" +
                          (other && *other ? " (named by FAULTLINE_QEMU)" : ""),
                      other && *other ? "Correct or unset FAULTLINE_QEMU."
                                      : "`./faultline doctor` says which package brings it.");
    return *found;
}

void require_qemu() {
    const char* other = std::getenv("FAULTLINE_QEMU");
    if (!other || !*other)
        return;
    const auto asked = capture({find_qemu().string(), "--version"}, std::chrono::seconds(20));
    if (asked.output.find("QEMU") == std::string::npos)
        throw Failure(Exit::missing, std::string(other) + " (named by FAULTLINE_QEMU) is no QEMU",
                      "Correct or unset FAULTLINE_QEMU; a script must exec the real one with all "
                      "its arguments.");
}

const std::filesystem::path& kernel_file(const Kernel& kernel, Timer timer) {
    return timer == Timer::sbi ? kernel.image : kernel.image_sstc;
}

// What KERNEL gets in memory: without a driver the whole disk.
static const std::filesystem::path& initial_ram_disk(const Kernel& kernel, const Disk& disk) {
    return kernel.has("files") ? kernel.ram_disk : disk.file;
}

static void require_files(std::initializer_list<std::filesystem::path> files) {
    for (const auto& file : files)
        if (!std::filesystem::exists(file))
            throw Failure(Exit::failed, file.string() + " is not there",
                          "Build everything again: ./faultline");
}

static std::string drive_option(const Disk& disk) {
    const bool dropped = disk.writes == Disk::Writes::are_dropped;
    return "file=" + option_value(std::filesystem::absolute(disk.file)) +
           ",if=none,format=raw,id=disk" + (dropped ? ",snapshot=on" : "");
}

// Whatever else QEMU starts at the reset vector would run until the limit and say nothing.
static void require_firmware(const std::filesystem::path& file) {
    const char* next = "Name a file such as OpenSBI's fw_dynamic.bin after --firmware.";
    if (std::filesystem::exists(file) && !std::filesystem::is_regular_file(file))
        throw Failure(Exit::usage, file.string() + " is no plain file", next);
    if (!std::filesystem::exists(file))
        throw Failure(Exit::usage, "there is no firmware " + file.string(), next);
    if (read_file(file).find("OpenSBI ") == std::string::npos) // of its banner
        throw Failure(Exit::usage, file.string() + " is no OpenSBI", next);
}

static constexpr std::uint64_t MIB = 1 << 20;
static constexpr std::uint64_t RAM_BASE = 0x8000'0000; // of the `virt` board

// QEMU's hw/riscv/boot.c, riscv_load_initrd and riscv_compute_fdt_addr: the RAM disk begins half of
// the memory behind the kernel's place (but at most 128 MiB, later versions: 512), the device tree
// at the last multiple of 2 MiB below the end of memory, or of its first GiB. Old versions write
// one over the other without a word.
bool has_room_for_ram_disk(std::uint64_t memory, std::uint64_t bytes) {
    constexpr std::uint64_t kernel = KERNEL_LOAD - RAM_BASE;
    constexpr std::uint64_t tree_bytes = 64 << 10; // QEMU's has about six thousand
    const std::uint64_t end = std::min(memory, std::uint64_t{1024}) * MIB;
    if (end < 2 * MIB)
        return false;
    const std::uint64_t tree = (end - tree_bytes) / (2 * MIB) * (2 * MIB);
    for (const std::uint64_t most : {128 * MIB, 512 * MIB})
        if (kernel + std::min(memory * MIB / 2, most) + bytes > tree)
            return false;
    return true;
}

static void require_room(const Kernel& kernel, const MachineChoice& choice,
                         const std::filesystem::path& ram_disk) {
    constexpr std::uint64_t most = 1 << 20; // MiB; a disk that needs more fits nowhere
    const std::uint64_t bytes = std::filesystem::file_size(ram_disk);
    if (has_room_for_ram_disk(choice.memory, bytes))
        return;
    std::uint64_t enough = choice.memory;
    while (enough < most && !has_room_for_ram_disk(enough, bytes))
        ++enough;
    throw Failure(Exit::usage,
                  std::to_string(choice.memory) + " MiB are too little for " + kernel.name +
                      ": its initial RAM disk would meet the device tree in memory",
                  enough < most ? "Give it --memory " + std::to_string(enough) + "."
                                : "Make the disk smaller.");
}

// A fw_jump.bin moves the device tree to an address of its own, wherever memory ends.
static void require_room_for_firmware(const MachineChoice& choice) {
    constexpr std::uint64_t highest = 64; // MiB; OpenSBI's own places are lower
    if (!choice.firmware || choice.memory >= highest)
        return;
    const auto tree = firmware_tree_address(*choice.firmware);
    const std::uint64_t needed = tree && *tree >= RAM_BASE ? (*tree - RAM_BASE) / MIB + 1 : 0;
    if (needed <= choice.memory || needed > highest)
        return;
    throw Failure(Exit::usage,
                  std::to_string(choice.memory) + " MiB are too little for " +
                      choice.firmware->string() + ": it puts the device tree at " + hex(*tree),
                  "Give it --memory " + std::to_string(needed) +
                      ", or take a fw_dynamic.bin, which leaves the tree where it is.");
}

std::vector<std::string> machine_command(const Kernel& kernel, const MachineChoice& choice,
                                         const Disk& disk, const std::string& boot_line) {
    const auto& image = kernel_file(kernel, choice.timer);
    const auto& ram_disk = initial_ram_disk(kernel, disk);
    require_files({image, disk.file});
    std::vector<std::string> command = {find_qemu().string(), "-M", "virt"};
    const auto add = [&](std::initializer_list<std::string> words) {
        command.insert(command.end(), words);
    };
    add({"-cpu", choice.timer == Timer::sbi ? "rv64,sstc=off" : "rv64,sstc=on"});
    add({"-smp", "1", "-m", std::to_string(choice.memory) + "M", "-no-reboot", "-nic", "none"});
    if (choice.firmware) {
        require_firmware(*choice.firmware);
        require_room_for_firmware(choice);
        add({"-bios", std::filesystem::absolute(*choice.firmware).string()});
    }
    if (kernel.has("files")) // modern virtio, Virtio 1.1 section 4.2
        add({"-global", "virtio-mmio.force-legacy=false", "-drive", drive_option(disk), "-device",
             "virtio-blk-device,drive=disk"});
    if (!ram_disk.empty()) {
        require_files({ram_disk});
        require_room(kernel, choice, ram_disk);
        add({"-initrd", ram_disk.string()});
    }
    std::string line = boot_line;
    if (!choice.boot.empty()) // of two settings the last one counts
        line += (line.empty() ? "" : " ") + choice.boot;
    add({"-kernel", image.string(), "-append", line});
    return command;
}

// While a kernel waits for the disk, real time goes by. With sleep=off an armed timer would turn
// that into virtual time at once, any number of ticks of it.
std::vector<std::string> exact_time(const Kernel& kernel) {
    return {"-icount", kernel.has("files") ? "shift=0" : "shift=0,sleep=off"};
}

static std::string percent_encoded(const std::string& argument) {
    std::string result;
    for (const char c : argument) {
        if (c > ' ' && c < '\x7f' && c != '%') {
            result += c;
            continue;
        }
        char code[4];
        std::snprintf(code, sizeof code, "%%%02x", static_cast<unsigned char>(c));
        result += code;
    }
    return result;
}

std::string boot_line(const Program& program, const std::vector<std::string>& arguments) {
    std::string line = "program=" + program.name;
    if (!program.boot.empty())
        line += " " + program.boot;
    for (const auto& argument : arguments)
        line += " arg=" + percent_encoded(argument);
    return line;
}

void warn_of_lost_arguments(const Kernel& kernel, const std::vector<std::string>& arguments) {
    if (!arguments.empty() && !kernel.has("processes"))
        std::fprintf(stderr, "%s has no exec yet and hands no arguments to a program: %s %s lost\n",
                     kernel.name.c_str(), join(arguments).c_str(),
                     arguments.size() == 1 ? "is" : "are");
}

std::string option_value(const std::filesystem::path& path) {
    std::string result;
    for (const char c : path.string())
        result += c == ',' ? std::string(",,") : std::string(1, c);
    return result;
}

std::string exit_meaning(const std::string& program, int status) {
    switch (status) {
    case machine_exit::CANNOT_LOAD:
        return "the kernel could not load " + program;
    case machine_exit::NOTHING_PENDING:
        return "nothing runnable and nothing pending: the kernel would sleep for ever";
    case machine_exit::PROGRAM_FAULT:
        return program + " was ended for a fault that nobody could mend";
    case machine_exit::KERNEL_PANIC:
        return "the kernel panicked: one of its own invariants is broken";
    case PROBE_LIMIT:
        return "the instruction limit was reached before the program ended";
    case PROBE_FAILED:
        return "the probe could not write its result";
    default:
        break;
    }
    if (status <= machine_exit::LAST_OF_PROGRAM)
        return program + " ended with exit status " + std::to_string(status);
    return "QEMU ended with exit status " + std::to_string(status);
}

std::string exit_advice(int status) {
    switch (status) {
    case machine_exit::CANNOT_LOAD:
        return "The kernel said why. A damaged disk is made anew by --fresh-disk of run, a damaged "
               "build by rm -r build && ./faultline.";
    case machine_exit::NOTHING_PENDING:
        return "Look for a wake-up that is never sent: in ./faultline debug KERNEL PROGRAM, break "
               "end_machine, continue and backtrace show who waits.";
    case machine_exit::PROGRAM_FAULT:
        return "Look at the pc and address above: in ./faultline debug --build release KERNEL "
               "PROGRAM (or the build that ran), break *PC and continue stop there.";
    case machine_exit::KERNEL_PANIC:
        return "In ./faultline debug KERNEL PROGRAM, break panic, continue and backtrace show how "
               "it came there.";
    case PROBE_LIMIT:
        return "A kernel or program that loops looks like this: in ./faultline debug KERNEL "
               "PROGRAM, continue, Ctrl-C and backtrace show where. For a long run allow more: "
               "--limit N.";
    case PROBE_FAILED:
        return "Free some space, or name a folder on another disk in TMPDIR.";
    default:
        return "";
    }
}

std::optional<StartProblem> start_problem(int status, const std::string& errors) {
    if (status != 1 || errors.empty()) // 1 is QEMU's own code for a line that it refuses
        return std::nullopt;
    const auto says = [&](const char* words) { return errors.find(words) != std::string::npos; };
    const bool refused = says("invalid option") || says("not supported") || says("not enabled") ||
                         says("no option group") || says("no support");
    return StartProblem{says("plugin") && refused, errors};
}

Failure start_failure(const StartProblem& problem, const std::string& what) {
    const auto words = last_lines(problem.words, 8);
    if (problem.no_plugins)
        return Failure(Exit::missing,
                       "this QEMU (" + find_qemu().string() + ") was built without plugins:\n" +
                           words,
                       "Use Debian's or Ubuntu's QEMU, or one configured with --enable-plugins; "
                       "FAULTLINE_QEMU may name it.");
    const bool memory = problem.words.find("guest memory") != std::string::npos ||
                        problem.words.find("RAM size") != std::string::npos;
    if (problem.words.find(std::strerror(ENOSPC)) != std::string::npos)
        return Failure(Exit::failed, "QEMU refused to start" + what + ":\n" + words,
                       "Free some space, or name a folder on another disk in TMPDIR.");
    return Failure(Exit::failed, "QEMU refused to start" + what + ":\n" + words,
                   memory ? "This host cannot give the machine so much memory: ask for less with "
                            "--memory."
                          : "`./faultline doctor` checks QEMU; run --print-command shows a line to "
                            "try by hand.");
}

} // namespace faultline
