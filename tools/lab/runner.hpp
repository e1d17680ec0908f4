// Boots a machine for the judge, and keeps what it leaves: exit code, console, probe's result, RAM.
// SPDX-License-Identifier: MIT
//
// The judge's only way to run a student's kernel. The machine's RAM lies in a file, so that the
// judge can read it when the machine has ended; the initial RAM disk is in it, too, and answers
// that the guest wrote in place are read from there. Each run has a folder of its own. The limit is
// in guest instructions, kept by the probe; a loose wall clock stands behind it.
#pragma once

#include "probe_config.hpp"
#include "probe_result.hpp"
#include "sandbox.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lab {

constexpr std::uint64_t RAM_BASE =
    0x8000'0000; // physical, of the `virt` board: offset 0 of the RAM file

struct GuestRun {
    std::filesystem::path kernel{};
    std::string boot{};                // the kernel's command line
    std::filesystem::path ram_disk{};  // empty: none
    std::filesystem::path disk{};      // empty: none; what is written to it is thrown away
    std::uint64_t memory = 128;        // MiB
    std::uint64_t limit = 300'000'000; // guest instructions
    std::chrono::seconds wall{60};     // behind the limit: where no instruction executes any more
    // What the probe is told of (load_images); the program's own is the last. Empty: of the kernel
    // alone, and the probe only counts.
    std::vector<faultline::PlacedImage> images{};
    std::optional<faultline::ChangesToNote> changes{};
    std::vector<faultline::PlaceToPass> passes{}; // that are counted
    bool trap_log = false; // keep QEMU's own log of traps (interrupt_log.hpp)
};

enum class GuestEnding {
    by_itself, // `status` is QEMU's exit code (abi/machine_exit.hpp)
    limit,     // it reached its limit of guest instructions
    wall,      // it slept, with nothing to wake it
    output,    // it printed more than a console may hold, or trapped more than the log may
    host,      // QEMU itself was ended: `status` is the signal
};

struct GuestEnd {
    GuestEnding how = GuestEnding::by_itself;
    int status = 0;
    std::uint64_t instructions = 0; // of the whole run
    std::filesystem::path folder{}; // stays until the Runner goes
    std::filesystem::path ram{};    // the machine's memory, from RAM_BASE on
    std::string console{};          // without the firmware's banner; proves nothing
    std::string traps{};            // with trap_log
    std::optional<faultline::ObservedFault> fault{};
    std::vector<std::string> refused{};
    std::vector<faultline::Change> changes{};      // that were to be noted
    std::map<std::string, std::uint64_t> passes{}; // that were to be counted

    bool ended_with(int code) const { return how == GuestEnding::by_itself && status == code; }
};

class Runner {
public:
    // FOLDER holds one folder for each run.
    Runner(const Sandbox& sandbox, std::filesystem::path folder)
        : sandbox_(&sandbox), folder_(std::move(folder)) {}

    // A machine that ended in whatever way is an answer; throws a Failure only when the machine
    // could not be started at all.
    GuestEnd run(const GuestRun& run);
    // What COMMAND says of FILE, which a stranger's work made.
    JobEnd ask(const std::vector<std::string>& command, const std::filesystem::path& file) const;
    // Room is scarce: the judge has read what it wanted.
    void forget(const GuestEnd& end) const;

    std::uint64_t runs() const { return runs_; }
    const std::filesystem::path& folder() const { return folder_; }

private:
    const Sandbox* sandbox_;
    std::filesystem::path folder_;
    std::uint64_t runs_ = 0;
};

// A program under a whole kernel, watched by the probe, from what a guest build made.
GuestRun program_run(const faultline::Manifest& manifest, const std::string& kernel,
                     const std::string& program);

// BYTES of a machine's memory from the physical ADDRESS on; throws a Failure when they are not all
// in RAM.
std::vector<std::byte> read_ram(const std::filesystem::path& ram, std::uint64_t address,
                                std::uint64_t bytes);

// What became of the machine, in words for the student ("the kernel panicked ...").
std::string to_words(const GuestEnd& end);

} // namespace lab
