// The one machine that every kernel runs on, as a QEMU command line.
// SPDX-License-Identifier: MIT
//
// Next: compare.cpp, run.cpp and debug.cpp complete the line and start it (process.cpp).
#include "machine.hpp"

#include "abi/machine_exit.hpp"
#include "failure.hpp"
#include "process.hpp"
#include "text.hpp"

#include <cstdlib>

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

const std::filesystem::path& kernel_file(const Kernel& kernel, Timer timer) {
    return timer == Timer::sbi ? kernel.image : kernel.image_sstc;
}

std::vector<std::string> machine_command(const Kernel& kernel, const MachineChoice& choice,
                                         const std::filesystem::path& initrd,
                                         const std::string& boot_line) {
    const auto& image = kernel_file(kernel, choice.timer);
    for (const auto& file : {image, initrd})
        if (!std::filesystem::exists(file))
            throw Failure(Exit::failed, file.string() + " is not there",
                          "Build everything again: ./faultline");
    std::vector<std::string> command = {find_qemu().string(), "-M", "virt"};
    const auto add = [&](std::initializer_list<std::string> words) {
        command.insert(command.end(), words);
    };
    add({"-cpu", choice.timer == Timer::sbi ? "rv64,sstc=off" : "rv64,sstc=on"});
    add({"-smp", "1", "-m", "128M", "-no-reboot", "-nic", "none"});
    if (choice.firmware) {
        if (!std::filesystem::exists(*choice.firmware))
            throw Failure(Exit::usage, "there is no firmware " + choice.firmware->string(),
                          "Name a file such as OpenSBI's fw_dynamic.bin after --firmware.");
        add({"-bios", std::filesystem::absolute(*choice.firmware).string()});
    }
    add({"-kernel", image.string(), "-initrd", initrd.string(), "-append", boot_line});
    return command;
}

std::vector<std::string> exact_time() { return {"-icount", "shift=0,sleep=off"}; }

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
        return "Check the program's file in the initial RAM disk, or build again: rm -r build && "
               "./faultline";
    case machine_exit::NOTHING_PENDING:
        return "Look for a wake-up that is never sent: ./faultline debug KERNEL, then backtrace.";
    case machine_exit::PROGRAM_FAULT:
        return "Look at the pc and address above: ./faultline debug KERNEL PROGRAM stops there.";
    case machine_exit::KERNEL_PANIC:
        return "Break on panic in ./faultline debug KERNEL to see how it came there.";
    case PROBE_LIMIT:
        return "A kernel or program that loops looks like this: ./faultline debug KERNEL shows "
               "where. "
               "For a long run allow more: --limit N.";
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

} // namespace faultline
