// However a run ends, nothing is left behind: no QEMU, no folder.
// SPDX-License-Identifier: MIT
//
// A guest that never ends stands in for a kernel that hangs, a script that sleeps for a QEMU that
// does.
#include "scratch.hpp"
#include "text.hpp"
#include "tool.hpp"

#include <csignal>
#include <cstdlib>
#include <doctest/doctest.h>
#include <fstream>

using namespace faultline;

namespace {

// A tool that is in the middle of a run: its QEMU is a script that sleeps.
struct Underway {
    Scratch scratch;
    std::filesystem::path tmp = scratch.path() / "tmp";
    std::filesystem::path tool_pid = scratch.path() / "tool.pid";
    std::filesystem::path qemu_pid = scratch.path() / "qemu.pid";
    std::optional<Process> process;

    explicit Underway(std::vector<std::string> arguments) {
        std::filesystem::create_directory(tmp);
        const auto qemu =
            script(scratch.path(), "qemu", "echo $$ >> " + qemu_pid.string() + "; exec sleep 1000");
        arguments.insert(arguments.end(), {"--guest", FAKE_GUEST.string()});
        const auto line =
            tool_line({arguments, {"TMPDIR=" + tmp.string(), "FAULTLINE_QEMU=" + qemu.string()}});
        // The shell's pid becomes the tool's, through exec.
        process.emplace(Launch{.command = {"sh", "-c",
                                           "ulimit -c 0; echo $$ > " + tool_pid.string() +
                                               "; exec " + shell_line(line)},
                               .input = "/dev/null",
                               .output = "/dev/null",
                               .errors = "/dev/null",
                               .group = Group::own});
        REQUIRE(appears_soon(qemu_pid));
    }

    pid_t tool() const { return std::stoi(read_file(tool_pid)); }

    void check_nothing_left() {
        for (const auto& line : lines_of(read_file(qemu_pid)))
            CHECK(ends_soon(std::stoi(line)));
    }
};

} // namespace

TEST_CASE("killing the tool leaves no QEMU") {
    for (const char* command : {"compare", "run"}) {
        CAPTURE(command);
        Underway underway(std::string(command) == "run"
                              ? std::vector<std::string>{command, "endless"}
                              : std::vector<std::string>{command});
        kill(underway.tool(), SIGKILL);
        const auto ended = wait_for(*underway.process);
        CHECK(ended.signal == SIGKILL);
        underway.check_nothing_left();
    }
}

TEST_CASE("SIGINT, SIGQUIT, SIGTERM and SIGHUP leave neither QEMU nor folder") {
    for (const int signal : {SIGINT, SIGQUIT, SIGTERM, SIGHUP}) {
        CAPTURE(signal);
        Underway underway({"compare"});
        CHECK_FALSE(std::filesystem::is_empty(underway.tmp));
        kill(underway.tool(), signal);
        CHECK(wait_for(*underway.process).signal == signal); // died of it, as a shell expects
        underway.check_nothing_left();
        CHECK(std::filesystem::is_empty(underway.tmp));
    }
}

// A script that goes by the name of CTest starts what a test does: a process in a session of its
// own.
TEST_CASE("test: interrupted, it leaves no process of any test, in whatever group") {
    const Scratch scratch;
    const auto pids = scratch.path() / "pids";
    script(scratch.path(), "ctest",
           "setsid sleep 1000 & echo $! > " + pids.string() + ".tmp; echo $$ >> " + pids.string() +
               ".tmp; mv " + pids.string() + ".tmp " + pids.string() + "; wait");
    const std::string path = scratch.path().string() + ":" + std::getenv("PATH");
    Process tool({.command = tool_line({{"test", "-R", "x"}, {"PATH=" + path}}),
                  .output = "/dev/null",
                  .group = Group::own});
    REQUIRE(appears_soon(pids));
    const auto all = lines_of(read_file(pids));
    REQUIRE(all.size() == 2);
    // `env` becomes the tool, whose child is the script.
    std::ifstream stat("/proc/" + all[1] + "/stat");
    std::string words;
    std::getline(stat, words);
    kill(std::stoi(split(words.substr(words.rfind(") ") + 2), ' ').at(1)), SIGINT);
    CHECK(wait_for(tool).signal == SIGINT);
    for (const auto& pid : all)
        CHECK(ends_soon(std::stoi(pid)));
}

TEST_CASE("a kernel that loops is ended by the instruction limit") {
    const auto result =
        call({{"compare", "--limit", "20000000", "--guest", FAKE_GUEST.string()}, {}});
    CAPTURE(result.output);
    CHECK(result.ended.status == 1);
    CHECK(says(result, "FAILED on endless: the instruction limit was reached"));
    CHECK(says(result, "20000000 instructions"));
    CHECK(says(result, "--limit N"));
    CHECK(says(result, "./faultline debug"));
}

TEST_CASE("a full disk is said") {
    const Scratch scratch;
    const auto result = call(
        {{"compare", "--limit", "20000000", "--guest", FAKE_GUEST.string(), "--json", "/dev/full"},
         {}});
    CAPTURE(result.output);
    CHECK(result.ended.status == 1);
    CHECK(says(result, "cannot write /dev/full: No space left on device"));
}

TEST_CASE("a folder that a killed run left is taken away by a later one") {
    const Scratch scratch;
    const auto left = scratch.path() / "faultline-run-abcdef";
    std::filesystem::create_directory(left);
    std::filesystem::last_write_time(left, std::filesystem::file_time_type::clock::now() -
                                               std::chrono::hours(1));
    call({{"compare", "--limit", "1000000", "--guest", FAKE_GUEST.string()},
          {"TMPDIR=" + scratch.path().string()}});
    CHECK_FALSE(std::filesystem::exists(left));
}
