// `faultline doctor`: what this machine has and lacks.
// SPDX-License-Identifier: MIT
//
// The bootstrap script has looked at the packages before; here the tools are asked for their
// versions, QEMU is asked to load the probe, and the firmware to boot.
#include "bound.hpp"
#include "commands.hpp"
#include "firmware_check.hpp"
#include "packages.hpp"
#include "process.hpp"
#include "table.hpp"
#include "text.hpp"
#include "tree.hpp"
#include "version.hpp"
#include "visible.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace faultline {

namespace {

struct Tool {
    std::string command;
    Version minimum;
    std::string package; // in packages.txt
};

std::vector<Tool> tools() {
    const char* qemu = std::getenv("FAULTLINE_QEMU");
    return {
        {"g++", {{12}}, "g++"},
        {"riscv64-linux-gnu-g++", {{12}}, "g++-riscv64-linux-gnu"},
        {"cmake", {{3, 25}}, "cmake"},
        {"ninja", {{1, 10}}, "ninja-build"},
        {qemu && *qemu ? qemu : "qemu-system-riscv64", {{7, 2}}, "qemu-system-misc"},
        {"gdb-multiarch", {{12}}, "gdb-multiarch"},
        {"clang-format", {{14}}, "clang-format"},
        {"clang-tidy", {{14}}, "clang-tidy"},
        {"git", {{2, 0}}, "git"},
    };
}

const Version OLDEST_OPENSBI{{1, 0}};

class Report {
public:
    void good(const std::string& what, const std::string& found) {
        table_.row({"ok", what, found});
    }
    // Nothing is missing, but figures or tests differ with it.
    void note(const std::string& what, const std::string& why) {
        notes_ += wrapped(what + ": " + why, 78);
    }
    void bad(const std::string& what, const std::string& found, const std::string& next) {
        table_.row({"MISSING", what, found});
        advice_ += "  " + what + ": " + next + "\n";
    }
    Exit print() const {
        std::fputs(table_.text().c_str(), stdout);
        std::fputs(advice_.empty() ? "Everything needed is here.\n" : "\nWhat to do:\n", stdout);
        std::fputs(advice_.c_str(), stdout);
        if (!notes_.empty())
            std::fputs(("\nGood to know:\n" + notes_).c_str(), stdout);
        return advice_.empty() ? Exit::done : Exit::missing;
    }

private:
    Table table_{{{}, {.gap = 2}, {.gap = 2}}};
    std::string advice_;
    std::string notes_;
};

// What differs with newer tools, and is theirs.
void note_differences(const std::string& command, const Version& version, Report& report) {
    if (command.find("qemu-system") != std::string::npos && version >= Version{{11, 1}})
        report.note("QEMU " + version.text(),
                    "its instruction counter leaves out every ecall, so bench shows one less for "
                    "each system call than compare and older versions do.");
    if (command == "riscv64-linux-gnu-g++" && !is_reference("GCC " + version.text()))
        report.note("GCC " + version.text(),
                    "it makes other code than " + std::string(REFERENCE_COMPILER) +
                        ", for which the bounds of bench are promised and the figures in the "
                        "documents were taken; the bounds are 5 % higher here.");
    if ((command == "clang-format" || command == "clang-tidy") && version.parts.front() != 14)
        report.note(command + " " + version.text(),
                    "the tests of the layout and of clang-tidy are written for version 14 and are "
                    "skipped with another.");
}

std::string install_advice(const std::vector<Package>& packages, const std::string& name) {
    for (const auto& package : packages)
        if (std::ranges::find(package.names, name) != package.names.end())
            return package.purpose + "\n    apt-get install " + join(package.names, " or ") +
                   "   (./faultline does it)";
    return "apt-get install " + name;
}

void check_tool(const Tool& tool, const std::vector<Package>& packages, Report& report) {
    const auto advice = install_advice(packages, tool.package);
    if (!find_command(tool.command)) {
        report.bad(tool.command, "not found", advice);
        return;
    }
    const auto asked = capture({tool.command, "--version"}, std::chrono::seconds(20));
    const auto version = find_version(asked.output);
    const std::string wanted = " (at least " + tool.minimum.text() + ")";
    if (!version)
        report.bad(tool.command, "does not tell its version" + wanted, advice);
    else if (*version < tool.minimum)
        report.bad(tool.command, version->text() + ", too old" + wanted, advice);
    else
        report.good(tool.command, version->text() + wanted);
    if (version)
        note_differences(tool.command, *version, report);
}

void check_machine(const std::string& firmware, Report& report) {
    const FirmwareCheck check = boot_firmware(firmware, Tree::here().probe());
    switch (check.plugins) {
    case Plugins::work:
        report.good("QEMU plugins", "the probe loads");
        break;
    case Plugins::untried:
        report.bad("QEMU plugins", "not tried: the probe is not built", "build it: ./faultline");
        break;
    case Plugins::refused:
        report.bad(
            "QEMU plugins", "the probe does not load",
            "the probe counts what the machine does. QEMU says:\n" + last_lines(check.errors, 3) +
                "    Use Debian's or Ubuntu's QEMU, or one configured with --enable-plugins.");
        break;
    }
    const std::string name =
        firmware.empty() ? "OpenSBI (QEMU's own)" : "OpenSBI (" + firmware + ")";
    const std::string wanted = " (at least " + OLDEST_OPENSBI.text() + ")";
    const std::string advice =
        "the firmware below every kernel; QEMU's package or the package opensbi "
        "brings it, or name a file: --firmware FILE";
    if (!check.version)
        report.bad(name, "says nothing on the console" + wanted, advice);
    else if (*check.version < OLDEST_OPENSBI)
        report.bad(name, check.version->text() + ", too old" + wanted, advice);
    else
        report.good(name, check.version->text() + wanted);
}

} // namespace

Exit doctor(const DoctorOptions& options) {
    const auto list = Tree::here().top / "packages.txt";
    const auto packages =
        parse_packages(std::filesystem::exists(list) ? read_file(list) : std::string());
    if (!options.firmware.empty() && !std::filesystem::exists(options.firmware))
        throw Failure(Exit::usage, "there is no firmware " + options.firmware,
                      "Name a file such as OpenSBI's fw_dynamic.bin after --firmware.");
    Report report;
    for (const auto& tool : tools())
        check_tool(tool, packages, report);
    if (find_command(tools()[4].command))
        check_machine(options.firmware, report);
    return report.print();
}

} // namespace faultline
