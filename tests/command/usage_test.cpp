// What a person sees who asks wrongly, or whose machine lacks something.
// SPDX-License-Identifier: MIT
//
// Each message says what to do next; exit code 2 is wrong usage, 3 something missing, 1 a failure.
#include "scratch.hpp"
#include "text.hpp"
#include "tool.hpp"

#include <doctest/doctest.h>

using namespace faultline;

static Call on_fake_guest(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--guest", FAKE_GUEST.string()});
    return {arguments, {}};
}

TEST_CASE("wrong usage ends with 2 and says what there is") {
    struct Example {
        std::vector<std::string> arguments;
        std::string words;
    };
    const std::vector<Example> examples = {
        {{"comapre"}, "Did you mean compare?"},
        {{"compare", "zerofill"}, "Did you mean zero-fill?"},
        {{"compare", "--kernels", "endles"}, "Did you mean endless?"},
        {{"compare", "--kernels", "endless", "zerofill"}, "Did you mean zero-fill?"},
        {{"compare", "--no-such-option"}, "./faultline compare --help"},
        {{"compare", "--limit", "many"}, "a number above 0 is meant, not many"},
        {{"compare", "--limit", "0"}, "./faultline compare --help"},
        {{"compare", "--build", "fast"}, "./faultline compare --help"},
        {{"compare", "--timer", "clock"}, "./faultline compare --help"},
        {{"run", "twin", "--memory", "7"},
         "at least 8 (MiB) are meant, and at most 16777216, not 7"},
        {{"compare", "--memory", "much"},
         "at least 8 (MiB) are meant, and at most 16777216, not much"},
        {{"compare", "no-such-file.cpp"}, "there is no file no-such-file.cpp"},
        {{"compare", "--firmware", "/no/such/file"}, "there is no firmware"},
        {{"bench", "nul-call"}, "Did you mean null-call?"},
        {{"bench", "--kernels", "endles"}, "Did you mean endless?"},
        {{"run", "xo"}, "no kernel of this build is called xo"},
        {{"run"}, "kernel is required"},
        {{"run", "twin", "goodby"}, "There are zero-fill, hello and later."},
        {{"debug", "endless", "nothing"}, "There are zero-fill, hello and later."},
    };
    for (const auto& example : examples) {
        CAPTURE(shell_line(example.arguments));
        const auto result = call(on_fake_guest(example.arguments));
        CHECK(result.ended.status == 2);
        CAPTURE(result.output);
        CHECK(says(result, example.words));
    }
}

TEST_CASE("help costs nothing and ends with 0") {
    for (const char* option : {"--help", "-h"})
        CHECK(call({{option}}).ended.status == 0);
    CHECK(says(call({{"compare", "--help"}}), "--kernels"));
}

TEST_CASE("a missing QEMU ends with 3") {
    for (const char* command : {"compare", "run", "debug"}) {
        CAPTURE(command);
        Call asked = on_fake_guest({command});
        if (std::string(command) != "compare")
            asked.arguments.emplace_back("endless");
        asked.environment = {"FAULTLINE_QEMU=/no/such/qemu"};
        const auto result = call(asked);
        CHECK(result.ended.status == 3);
        CHECK(says(result, "/no/such/qemu is not on this machine"));
        CHECK(says(result, "FAULTLINE_QEMU"));
    }
}

TEST_CASE("a QEMU without plugins ends with 3") {
    const Scratch scratch;
    const auto qemu = script(scratch.path(), "qemu",
                             "echo 'qemu-system-riscv64: -plugin: invalid option' >&2; exit 1");
    Call asked = on_fake_guest({"compare"});
    asked.environment = {"FAULTLINE_QEMU=" + qemu.string()};
    const auto result = call(asked);
    CHECK(result.ended.status == 3);
    CHECK(says(result, "built without plugins"));
    CHECK(says(result, "--enable-plugins"));
}

TEST_CASE("a QEMU that refuses its line is quoted") {
    const Scratch scratch;
    const auto qemu = script(scratch.path(), "qemu", "echo 'no machine today' >&2; exit 1");
    for (const char* command : {"compare", "run", "debug"}) {
        CAPTURE(command);
        Call asked = on_fake_guest({command});
        if (std::string(command) != "compare")
            asked.arguments.emplace_back("endless");
        asked.environment = {"FAULTLINE_QEMU=" + qemu.string()};
        const auto result = call(asked);
        CHECK(result.ended.status == 1);
        CHECK(says(result, "no machine today"));
        CHECK(says(result, "doctor"));
    }
}

TEST_CASE("what is no QEMU is said, and its exit code is not the program's") {
    for (const char* qemu : {"/bin/false", "/bin/true"}) {
        Call asked = on_fake_guest({"run", "endless", "hello"});
        asked.environment = {std::string("FAULTLINE_QEMU=") + qemu};
        const auto result = call(asked);
        CHECK(result.ended.status == 3);
        CHECK(says(result, std::string(qemu) + " (named by FAULTLINE_QEMU) is no QEMU"));
        CHECK_FALSE(says(result, "exit status"));
    }
}

TEST_CASE("a firmware that is none is said before the work") {
    const auto result = call(on_fake_guest({"compare", "--firmware", "/bin/true"}));
    CHECK(result.ended.status == 2);
    CHECK(says(result, "is no OpenSBI"));
}

TEST_CASE("a missing or malformed manifest is said") {
    const Scratch scratch;
    const Call asked{{"compare", "--guest", scratch.path().string()}, {}};
    CHECK(call(asked).ended.status == 1);
    CHECK(says(call(asked), "holds no manifest.json"));
    write_file(scratch.path() / "manifest.json", "{]");
    CHECK(call(asked).ended.status == 1);
    CHECK(says(call(asked), "is not JSON"));
}

TEST_CASE("JSON that cannot be written is said before the work") {
    for (const char* path : {"/no/such/folder/out.json", "/tmp"}) {
        const auto result = call(on_fake_guest({"compare", "--json", path}));
        CHECK(result.ended.status == 1);
        CHECK(says(result, std::string("cannot write ") + path));
    }
}

TEST_CASE("a temporary folder that is not there is said") {
    const Scratch scratch;
    const auto loop = scratch.path() / "loop";
    std::filesystem::create_symlink(loop, loop);
    for (const auto& [folder, words] :
         {std::pair(std::string("/no/such"), "No such file or directory"),
          std::pair(loop.string(), "Too many levels of symbolic links"),
          std::pair(std::string("/bin/true"), "Not a directory")}) {
        const auto result = call({{"compare", "--limit", "1000000", "--guest", FAKE_GUEST.string()},
                                  {"TMPDIR=" + folder}});
        CAPTURE(result.output);
        CHECK(result.ended.status == 1);
        CHECK(says(result, folder + " (named by TMPDIR): " + words));
    }
}

TEST_CASE("doctor asks QEMU itself and ends with 3 when it is missing") {
    const auto result = call({{"doctor"}, {"FAULTLINE_QEMU=/no/such/qemu"}});
    CHECK(result.ended.status == 3);
    CHECK(says(result, "MISSING"));
    CHECK(says(result, "apt-get install qemu-system"));
}

TEST_CASE("doctor compares versions as numbers") {
    const Scratch scratch;
    const auto qemu = script(scratch.path(), "qemu", "echo 'QEMU emulator version 6.10.0'");
    const auto result = call({{"doctor"}, {"FAULTLINE_QEMU=" + qemu.string()}});
    CHECK(result.ended.status == 3);
    CHECK(says(result, "6.10.0, too old (at least 7.2)"));
}

TEST_CASE("a program that a kernel cannot run yet is said, and compare goes on without it") {
    const auto run = call(on_fake_guest({"run", "twin", "later"}));
    CHECK(run.ended.status == 1);
    CHECK(says(run, "twin cannot run later yet: it lacks files"));
    const auto debug = call(on_fake_guest({"debug", "twin", "later"}));
    CHECK(debug.ended.status == 1);
    CHECK(says(debug, "twin cannot run later yet: it lacks files"));
    const auto compare = call(on_fake_guest({"compare", "later", "--kernels", "twin"}));
    CHECK(compare.ended.status == 0);
    CHECK(says(compare, "Not yet on twin: it lacks files."));
}

TEST_CASE("costs that nobody measures yet are said") {
    const auto without = call(on_fake_guest({"bench", "null-call", "--kernels", "twin"}));
    CHECK(without.ended.status == 1);
    CHECK(says(without, "FAILED: no benchmark on twin printed a row null-call"));
    const auto shell = call(on_fake_guest({"bench", "boot", "--kernels", "twin"}));
    CHECK(shell.ended.status == 0);
    CHECK(says(shell, "Not yet on twin: it lacks a shell."));
}

TEST_CASE("the kernel's command line: what was asked for, the program, its arguments") {
    const auto result = call({{"run", "endless", "hello", "--print-command", "--boot",
                               "policy=fifo", "--guest", FAKE_GUEST.string(), "a b", "--", "-l"}});
    CHECK(result.ended.status == 0);
    CHECK(says(result, "-append 'program=hello arg=a%20b arg=-l policy=fifo' -nographic"));
}

TEST_CASE("a source that cannot be read is told as what it is") {
    const Scratch scratch;
    const auto place = [&](const std::string& name) { return scratch.path() / name; };
    std::filesystem::create_directory(place("folder.cpp"));
    std::filesystem::create_symlink(place("loop.cpp"), place("loop.cpp"));
    std::filesystem::create_symlink(place("nowhere.cpp"), place("dangling.cc"));
    const std::vector<std::pair<std::string, std::string>> examples = {
        {place("folder.cpp"), "is a folder"},
        {place("loop.cpp"), "Too many levels of symbolic links"},
        {place("dangling.cc"), "there is no file"},
        {place("none.cxx"), "there is no file"},
        {"/bin/true/none.cpp", "there is no file"},
        {"/dev/null/x.C", "there is no file"},
        {"/dev/fd/0", "no program or scenario is called"},     // it does not end like a source
        {place("none.c"), "no program or scenario is called"}, // that is C
    };
    for (const auto& [name, words] : examples) {
        CAPTURE(name);
        const auto result = call(on_fake_guest({"compare", name}));
        CAPTURE(result.output);
        CHECK(result.ended.status == 2);
        CHECK(says(result, words));
    }
}

TEST_CASE("loops of symbolic links are told as that, wherever a path is named") {
    const Scratch scratch;
    const auto loop = (scratch.path() / "loop").string();
    std::filesystem::create_symlink(loop, loop);
    const std::vector<std::vector<std::string>> examples = {
        {"compare", "--json", loop, "--guest", FAKE_GUEST.string()},
        {"compare", "--firmware", loop, "--guest", FAKE_GUEST.string()},
        {"compare", "--guest", loop},
        {"run", "endless", "hello", "--disk", loop, "--guest", FAKE_GUEST.string()},
    };
    for (const auto& arguments : examples) {
        const auto result = call({arguments, {}});
        CAPTURE(shell_line(arguments));
        CAPTURE(result.output);
        CHECK(result.ended.status != 0);
        CHECK(says(result, "Too many levels of symbolic links"));
        CHECK_FALSE(says(result, "defect"));
    }
}

TEST_CASE("a program may stand behind -- as well") {
    const auto line = [](std::vector<std::string> arguments) {
        arguments.insert(arguments.begin() + 1, {"--guest", FAKE_GUEST.string()});
        const auto printed = call({arguments, {}});
        CAPTURE(printed.output);
        CHECK(printed.ended.status == 0);
        return lines_of(printed.output).at(0);
    };
    CHECK(line({"run", "endless", "--print-command", "--", "hello", "-l"}) ==
          line({"run", "endless", "--print-command", "hello", "--", "-l"}));
    CHECK(line({"run", "endless", "--print-command", "--"}) ==
          line({"run", "endless", "--print-command"}));
}

TEST_CASE("the printed QEMU line says what it cannot do") {
    const auto printed = call(on_fake_guest({"run", "endless", "hello", "--print-command"}));
    CHECK(says(printed, "\n# QEMU alone"));
    CHECK(says(printed, "loses the first byte"));
}

TEST_CASE("QEMU's refusal is told in its own words, also when the probe was loaded before") {
    const Scratch scratch;
    const auto qemu =
        script(scratch.path(), "qemu", "exec qemu-system-riscv64 \"$@\" -device no-such-device");
    for (const char* command : {"compare", "run", "debug"}) {
        CAPTURE(command);
        Call asked = on_fake_guest({command});
        if (std::string(command) != "compare")
            asked.arguments.emplace_back("endless");
        asked.environment = {"FAULTLINE_QEMU=" + qemu.string()};
        const auto result = call(asked);
        CAPTURE(result.output);
        CHECK(result.ended.status == 1);
        CHECK(says(result, "QEMU refused to start"));
        CHECK_FALSE(says(result, "script.gdb")); // GDB was not even started
        CHECK(says(result, "no-such-device"));
        CHECK_FALSE(says(result, "no page fault"));
    }
}

TEST_CASE("memory that this host does not have is the reason that is told") {
    const Scratch scratch;
    const auto qemu = script(
        scratch.path(), "qemu",
        "echo \"qemu: cannot set up guest memory 'ram': Cannot allocate memory\" >&2; exit 1");
    Call asked = on_fake_guest({"run", "endless", "hello"});
    asked.environment = {"FAULTLINE_QEMU=" + qemu.string()};
    const auto result = call(asked);
    CHECK(says(result, "Cannot allocate memory"));
    CHECK(says(result, "ask for less with --memory"));
}

TEST_CASE("--version names the tree's state") {
    const auto result = call({{"--version"}, {}});
    CHECK(result.ended.status == 0);
    CHECK(result.output.starts_with("Faultline, "));
    CHECK(lines_of(result.output).size() == 1);
}
