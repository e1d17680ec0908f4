// A power cut of the whole machine: the disk is whole afterwards, with all that was synced.
// SPDX-License-Identifier: MIT
//
// Every cut of a workload, at each write of the disk, is tests/fs/power_cut_test.cpp's; here it is
// that the kernels' drivers, caches and servers keep the order that those tests rely on. Where the
// cut falls is up to the host's clock: what is promised holds wherever it does.
#include "command.hpp"
#include "conversation.hpp"

#include "../unity/sample.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <unistd.h>

namespace {

constexpr unsigned ROUNDS = 5;                // as many as one line of the shell has words for
const std::vector<unsigned> CUTS{1, 2, 3, 4}; // after these rounds' sync
constexpr std::size_t CUTS_SAMPLE = 2;

// Each round makes files and directories, syncs, says so, and takes some of them away again.
std::string workload() {
    std::string line;
    for (unsigned round = 1; round <= ROUNDS; ++round) {
        const std::string n = std::to_string(round);
        line += "cp bin/cat k" + n + "; mkdir d; cp bin/true d/t; sync; echo synced " + n +
                ".; rm -r d; ";
    }
    return line;
}

} // namespace

TEST_CASE("disk: power fails in the middle of writes, and the disk is whole, with all synced") {
    for (const std::string& kernel : kernels_with({"processes", "files"}))
        for (const unsigned cut : sample::of(CUTS, CUTS_SAMPLE)) {
            CAPTURE(kernel);
            CAPTURE(cut);
            const std::string disk = (std::filesystem::temp_directory_path() /
                                      ("faultline-power-" + std::to_string(getpid()) + ".img"))
                                         .string();
            const std::string run = kernel + " --disk '" + disk + "' ";
            {
                Conversation machine(run + "sh -- -c '" + workload() + "'");
                INFO(machine.heard());
                CHECK(machine.hears("synced " + std::to_string(cut) + "."));
            }
            const Answer checked = shell("'" MKFS "' --check '" + disk + "'");
            CAPTURE(checked.output);
            CHECK(checked.status == 0);
            const Answer kept =
                call_faultline("run " + run + "sh -- -c 'wc < bin/cat; wc < k" +
                               std::to_string(cut) + "; mkdir new; rm -r new; echo goes on'");
            const Answer again = shell("'" MKFS "' --check '" + disk + "'");
            std::filesystem::remove(disk);
            CAPTURE(kept.output);
            CHECK(again.status == 0);
            CHECK(kept.output.find("goes on") != std::string::npos);
            const std::size_t line = kept.output.find('\n');
            REQUIRE(line != std::string::npos); // the same count, twice
            CHECK(kept.output.find(kept.output.substr(0, line + 1), line + 1) == line + 1);
        }
}
