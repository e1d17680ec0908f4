// A session of debug, by a real GDB: whole backtraces, finish, the guest's keyboard, the end.
// SPDX-License-Identifier: MIT
//
// What is said at the first stop is in debug_test.cpp.
#include "debugger.hpp"
#include "manifest.hpp"
#include "scratch.hpp"
#include "text.hpp"
#include "tree.hpp"

#include <algorithm>
#include <cstdlib>
#include <doctest/doctest.h>

using namespace faultline;

static Manifest built() { return load_manifest(Tree::here().guest("debug")); }

TEST_CASE("a backtrace from each stage ends where a stack begins, on every kernel") {
    const std::vector<std::string> stages = {"receive", "dispatch", "resolve", "frame",
                                             "fill",    "install",  "resume"};
    for (const auto& kernel : built().kernel_names()) {
        std::vector<std::string> commands = {"set backtrace past-main on"};
        for (const auto& stage : stages) {
            commands.push_back("thbreak fault_" + stage);
            commands.emplace_back("continue");
            commands.push_back("echo \\nBACKTRACE " + stage + "\\n");
            commands.emplace_back("info symbol $pc");
            commands.emplace_back("bt");
            commands.emplace_back("echo \\nEND\\n");
        }
        const auto result = debug({kernel, "zero-fill", commands});
        CAPTURE(result.output);
        for (const auto& stage : stages) {
            CAPTURE(kernel + " " + stage);
            const auto start = result.output.find("\nBACKTRACE " + stage + "\n");
            REQUIRE(start != std::string::npos);
            const auto end = result.output.find("\nEND\n", start);
            const auto lines = lines_of(result.output.substr(start, end - start));
            // By GDB's name of the frame, or where that is none, of the place.
            CHECK((says(lines[2], "fault_" + stage) || says(lines[3], "#0  fault_" + stage)));
            check_whole(lines);
        }
    }
}

TEST_CASE("a backtrace goes from a program's own fault handler to where it faulted") {
    const auto manifest = built();
    for (const auto& kernel : manifest.kernels) {
        if (!kernel.missing_for(manifest.program("protect")).empty())
            continue;
        const auto result =
            debug({kernel.name,
                   "protect",
                   {"set backtrace past-main on", "break os_mprotect", "continue", "bt"}});
        CAPTURE(result.output);
        check_whole(lines_of(result.output));
        CHECK_FALSE(match(unwrapped(result.output),
                          "::mend \\(.* run_fault_handler .*signal handler called.*"
                          " touch \\(\\) .* main \\(\\)")
                        .empty());
    }
}

TEST_CASE("a backtrace goes from a call that exo's library serves to the program") {
    const auto names = built().kernel_names();
    if (std::ranges::find(names, "exo") == names.end())
        return;
    const auto result = debug(
        {"exo", "call", {"set backtrace past-main on", "break call::read", "continue", "bt"}});
    CAPTURE(result.output);
    check_whole(lines_of(result.output));
    CHECK_FALSE(match(unwrapped(result.output),
                      "call::read \\(.* serve_call \\(\\) .*signal handler called.*"
                      " os_read \\(.* main \\(\\)")
                    .empty());
}

TEST_CASE("finish goes from exo's fault_resume to the program") {
    const auto names = built().kernel_names();
    if (std::ranges::find(names, "exo") == names.end())
        return;
    const auto result =
        debug({"exo",
               "zero-fill",
               {"break fault_resume", "continue", "finish", "print (long) &scenario_fault == $pc",
                "print $priv == 0", "stepi",
                "print (long) &scenario_fault < $pc && $pc < (long) &scenario_fault + 5"}});
    CAPTURE(result.output);
    CHECK(says(result.output, "In fault_resume at "));
    CHECK(says(result.output, "$1 = true"));
    CHECK(says(result.output, "$2 = true"));
    CHECK(says(result.output, "$3 = true"));
}

TEST_CASE("what is typed in GDB arrives at the guest") {
    const auto manifest = built();
    const Scratch scratch;
    const auto file = source_file(scratch.path(),
                                  "std::array<char, 40> line{};\n"
                                  "const auto count = os::read(0, std::as_writable_bytes("
                                  "std::span(line)));\n"
                                  "os::write(\"read: \");\n"
                                  "os::write({line.data(), static_cast<std::size_t>(count)});\n"
                                  "return 0;",
                                  "#include <array>\n#include <span>");
    for (const auto& kernel : manifest.kernels) {
        if (!kernel.has("files"))
            continue;
        const auto result = debug({kernel.name,
                                   file.string(),
                                   {"type some words, and \"more\"", "continue"},
                                   {"--at-start"}});
        CAPTURE(result.output);
        CHECK(says(result.output, "type WORDS"));
        CHECK(says(result.output, "read: some words, and \"more\"\n"));
    }
}

TEST_CASE("symbols of all programs are there where a program can run others") {
    const auto manifest = built();
    for (const auto& kernel : manifest.kernels) {
        if (!kernel.has("processes"))
            continue;
        CHECK(says(debug({kernel.name, "init", {"info files"}}).output, "bin/tools"));
        CHECK_FALSE(says(debug({kernel.name, "zero-fill", {"info files"}}).output, "bin/tools"));
    }
}

TEST_CASE("a GDB that is killed takes QEMU with it, and is told") {
    const Scratch scratch;
    script(scratch.path(), "gdb-multiarch",
           "echo $PPID > " + (scratch.path() / "tool").string() + "; kill -KILL $$");
    const auto path = scratch.path().string() + ":" + std::getenv("PATH");
    const auto result =
        call({{"debug", built().kernel_names().front(), "zero-fill"}, {"PATH=" + path}});
    CAPTURE(result.output);
    CHECK(result.ended.status == 1);
    CHECK(says(result, "GDB was ended by signal 9; QEMU is ended, too"));
    const auto children =
        capture({"pgrep", "-P", lines_of(read_file(scratch.path() / "tool")).at(0)},
                std::chrono::seconds(10));
    CHECK(children.output.empty());
}

// As the kernel of somebody who has only begun it: it ends before the program begins.
TEST_CASE("a kernel that panics or ends before the first stop is shown where") {
    const std::string look = "python faultline.stop.session.run_to(0x10000)";
    const auto manifest = built();
    const std::string kernel = manifest.kernels.front().name;
    const auto panics =
        debug({kernel, "zero-fill", {"thbreak fault_receive", "continue", "set $pc = 16", look}});
    CAPTURE(panics.output);
    CHECK(says(panics.output, "for here panic was called:"));
    CHECK(says(panics.output, "in kernel_trap"));
    const auto ends = debug({kernel, "zero-fill", {look}});
    CAPTURE(ends.output);
    CHECK(says(ends.output, "The machine ended before that instruction was reached."));
    if (!manifest.kernels.front().has("swap")) // nor does it read the word, then
        return;
    const auto refuses =
        debug({kernel, "zero-fill", {"print 1"}, {"--boot", "policy=none-of-these"}});
    CAPTURE(refuses.output);
    CHECK(says(refuses.output, "The machine ended before that instruction was reached."));
    CHECK(!says(refuses.output, "Traceback"));
}
