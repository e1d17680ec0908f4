// tools/lint on small trees: a batch finds what single looks find, wherever it is planted.
// SPDX-License-Identifier: MIT
#include "look.hpp"
#include "scratch.hpp"
#include "text.hpp"

#include <doctest/doctest.h>

#include <utility>

namespace fs = std::filesystem;

namespace {

// A call in another file, with an argument that hides the fault, must not hide it.
const char* const NULL_POINTER = "#include \"read.hpp\"\n"
                                 "int read(const int* from) {\n"
                                 "    if (from == nullptr)\n"
                                 "        count();\n"
                                 "    return *from;\n"
                                 "}\n";
const char* const CALLER = "#include \"read.hpp\"\n"
                           "int call() { const int one = 1; return read(&one); }\n";
const char* const SIZE_OF_SIZE = "int size_of_size() { return sizeof(sizeof(int)); }\n";

struct House {
    faultline::Scratch scratch;
    fs::path folder = scratch.path() / "tools";
    lint::Memory memory{{}, {}, scratch.path()};
    std::vector<lint::Source> sources{};
    std::vector<std::string> keys{};

    House() {
        fs::create_directories(folder);
        faultline::write_file(scratch.path() / ".clang-tidy",
                              "Checks: '-*,bugprone-*,clang-analyzer-*'\n"
                              "WarningsAsErrors: '*'\nHeaderFilterRegex: '/tools/'\n");
        faultline::write_file(folder / "read.hpp", "#pragma once\nint read(const int* from);\n"
                                                   "void count();\n");
    }

    void put(const std::string& name, const std::string& text) {
        faultline::write_file(folder / name, text);
        sources.push_back({folder / name, folder, {"-std=c++20"}});
        keys.push_back("key of " + name);
    }

    lint::Look look() {
        const lint::Tidy tidy{CLANG_TIDY, scratch.path() / "look"};
        lint::write_database(tidy.scratch, sources);
        return {tidy, memory};
    }
    lint::Outcome outcome() { return look().at(sources, keys); }
};

bool names(const lint::Outcome& outcome, const std::string& file, const std::string& check) {
    for (const auto& line : faultline::lines_of(outcome.words))
        if (line.find("/" + file + ":") != line.npos && line.find("[" + check) != line.npos)
            return true;
    return false;
}

} // namespace

TEST_CASE("what is planted in the middle of a batch is found, and the others are acquitted") {
    House house;
    house.put("a.cpp", CALLER);
    house.put("b.cpp", SIZE_OF_SIZE);
    house.put("c.cpp", "int c() { return 1; }\n");
    const auto outcome = house.outcome();
    CAPTURE(outcome.words);
    CHECK(names(outcome, "b.cpp", "bugprone-sizeof-expression"));
    CHECK_FALSE(names(outcome, "a.cpp", ""));
    CHECK(outcome.in_batches == 2);
    CHECK(outcome.alone == 1);
    // The others need no second look; the bad one gets it until it is mended.
    const auto again = house.outcome();
    CHECK(again.remembered == 2);
    CHECK_FALSE(again.words.empty());
}

TEST_CASE("the analyser looks at a function on its own, though another file's call is harmless") {
    House house;
    house.put("a.cpp", CALLER);
    house.put("b.cpp", NULL_POINTER);
    const auto outcome = house.outcome();
    CAPTURE(outcome.words);
    CHECK(names(outcome, "b.cpp", "clang-analyzer-core.NullDereference"));
    const auto each = house.look().at_each(house.sources, house.keys);
    CHECK(names(each, "b.cpp", "clang-analyzer-core.NullDereference"));
}

TEST_CASE("a finding in a header is found through every file that may cause it") {
    House house;
    faultline::write_file(house.folder / "bad.hpp",
                          "#pragma once\ninline " + std::string(SIZE_OF_SIZE));
    house.put("a.cpp", "#include \"bad.hpp\"\n");
    house.put("b.cpp", "int b() { return 1; }\n");
    const auto outcome = house.outcome();
    CAPTURE(outcome.words);
    CHECK(names(outcome, "bad.hpp", "bugprone-sizeof-expression"));
    CHECK(outcome.alone == 2);
}

TEST_CASE("files whose names clash are looked at apart, those that do not compile are reported") {
    House house;
    house.put("a.cpp", "static int own() { return 1; }\nint a() { return own(); }\n");
    house.put("b.cpp", "static int own() { return 2; }\nint b() { return own(); }\n");
    house.put("c.cpp", "int c() { return 3; }\n");
    house.put("main.cpp", "int main() {\n}\n");
    house.put("other.cpp", "int main() {\n}\n");
    auto outcome = house.outcome();
    CAPTURE(outcome.words);
    CHECK(outcome.words.empty());
    CHECK(outcome.in_batches == 3); // a, c, and the first program
    CHECK(outcome.alone == 2);
    house.put("d.cpp", "int d() { return nothing; }\n");
    outcome = house.outcome();
    CAPTURE(outcome.words);
    CHECK(names(outcome, "d.cpp", "clang-diagnostic-error"));
    CHECK(outcome.remembered == 5);
}

TEST_CASE("only an equal key is remembered, and each by itself means each") {
    House house;
    house.put("a.cpp", CALLER);
    house.put("b.cpp", "int b() { return 1; }\n");
    CHECK(house.outcome().remembered == 0);
    CHECK(house.outcome().remembered == 2);
    house.keys[0] = "another";
    CHECK(house.outcome().remembered == 1);
    CHECK(house.look().at_each(house.sources, house.keys).alone == 2);
}
