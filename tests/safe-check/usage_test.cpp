// The command line: exit codes, and what a finding looks like.
// SPDX-License-Identifier: MIT
#include "check.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <sys/wait.h>

namespace fs = std::filesystem;

namespace {

struct Outcome {
    int status;
    std::string output;
};

Outcome run(const std::string& arguments) {
    FILE* pipe = popen(("'" TOOL "' " + arguments + " 2>&1").c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::string output;
    std::array<char, 4096> part{};
    while (fgets(part.data(), part.size(), pipe) != nullptr)
        output += part.data();
    return {WEXITSTATUS(pclose(pipe)), output};
}

bool says(const Outcome& outcome, const std::string& words) {
    return outcome.output.find(words) != std::string::npos;
}

std::string scratch(const std::string& name, const std::string& text) {
    const fs::path file = fs::path(SCRATCH) / name;
    std::ofstream(file) << text;
    return file.string();
}

} // namespace

TEST_CASE("0: a safe file says nothing") {
    const Outcome outcome = run("'" + scratch("safe.cpp", "int one() { return 1; }\n") + "' --");
    CHECK(outcome.status == 0);
    CHECK(outcome.output.empty());
}

TEST_CASE("1: a finding has its place, its rule and what to do instead") {
    const std::string file = scratch("unsafe.cpp", "int one() {\n    int two;\n    return 1;\n}\n");
    const Outcome outcome = run("'" + file + "' -- -std=c++20");
    CHECK(outcome.status == 1);
    CHECK(says(outcome, "unsafe.cpp:2:9: uninitialised: give it its first value"));
}

TEST_CASE("1: a header that is included counts, one of a trusted folder does not") {
    fs::create_directories(fs::path(SCRATCH) / "services");
    scratch("services/wild.hpp", "#pragma once\ninline int* wild() { return nullptr; }\n");
    const std::string file =
        "'" + scratch("includes.cpp", "#include \"services/wild.hpp\"\n") + "'";
    const std::string flags = " -- -I'" SCRATCH "'";
    CHECK(run(file + flags).status == 1);
    CHECK(says(run(file + flags), "wild.hpp:2:13: pointer: "));
    CHECK(run("--trust '" SCRATCH "/services' " + file + flags).status == 0);
}

namespace {

std::string else_ifs(int count) {
    std::string text = "int same(int number) {\n    if (number == 0)\n        return 0;\n";
    for (int i = 1; i < count; ++i)
        text += "    else if (number == " + std::to_string(i) + ")\n        return 1;\n";
    return text + "    return 2;\n}\n";
}

} // namespace

TEST_CASE("1: what is nested deeper than the checker looks is refused") {
    const std::string file = scratch("deep.cpp", else_ifs(1000));
    const Outcome outcome = run("'" + file + "' --");
    CHECK(outcome.status == 1);
    CHECK(says(outcome, ": too-deep: nested deeper than the checker looks"));
}

TEST_CASE("3: what is nested deeper than clang can read is named") {
    const std::string file = scratch("deepest.cpp", else_ifs(100'000));
    const Outcome outcome = run("'" + file + "' --");
    CHECK(outcome.status == 3);
    CHECK(says(outcome, "deepest.cpp is nested too deeply"));
}

TEST_CASE("a source that takes too long is named") {
    std::string text;
    for (int i = 0; i < 100'000; ++i)
        text += "int f" + std::to_string(i) + "(int number) { return number + number; }\n";
    const std::string file = scratch("long.cpp", text);
    std::string words;
    try {
        safe::check_contained(file, {}, {}, 1);
    } catch (const safe::Missing& missing) {
        words = missing.what();
    }
    CHECK(words.find("long.cpp takes the checker too long") != std::string::npos);
}

TEST_CASE("2: wrong usage shows the usage") {
    for (const char* arguments :
         {"", "one.cpp", "-p", "-p build", "--no-such-option one.cpp --", "-p build one.cpp --"}) {
        CAPTURE(arguments);
        const Outcome outcome = run(arguments);
        CHECK(outcome.status == 2);
        CHECK(says(outcome, "usage: safe-check"));
    }
    CHECK(run("--help").status == 0);
}

TEST_CASE("3: what is missing or does not compile is named") {
    const std::string broken = scratch("broken.cpp", "int one( { return 1; }\n");
    const Outcome unparsed = run("'" + broken + "' --");
    CHECK(unparsed.status == 3);
    CHECK(says(unparsed, "does not compile"));
    CHECK(says(unparsed, "broken.cpp:1"));

    const Outcome no_file = run("/no/such/file.cpp --");
    CHECK(no_file.status == 3);
    CHECK(says(no_file, "there is no file /no/such/file.cpp"));

    const Outcome no_build = run("-p /no/such/build '" + broken + "'");
    CHECK(no_build.status == 3);
    CHECK(says(no_build, "configure and build first"));

    fs::create_directories(fs::path(SCRATCH) / "database");
    scratch("database/compile_commands.json", "[]\n");
    const Outcome not_compiled = run("-p '" SCRATCH "/database' '" + broken + "'");
    CHECK(not_compiled.status == 3);
    CHECK(says(not_compiled, "--like"));

    scratch("database/compile_commands.json", "[{\"directory\": \"/\", \"file\": \"" + broken +
                                                  "\", \"command\": \"no-such-g++ -c " + broken +
                                                  "\"}]\n");
    const Outcome no_compiler = run("-p '" SCRATCH "/database' '" + broken + "'");
    CHECK(no_compiler.status == 3);
    CHECK(says(no_compiler, "no-such-g++"));
}
