// Kits: which files they have, and what of them is changed on the way.
// SPDX-License-Identifier: MIT
#include "cut.hpp"

#include "failure.hpp"
#include "kit.hpp"
#include "links.hpp"
#include "scratch.hpp"
#include "selection.hpp"
#include "sha256.hpp"
#include "start.hpp"
#include "text.hpp"

#include <doctest/doctest.h>

namespace fs = std::filesystem;

namespace {

void put(const fs::path& file, const std::string& text) {
    fs::create_directories(file.parent_path());
    faultline::write_file(file, text);
}

// The least tree of which kits can be cut: a file for each of what every kit has, and a lab.
fs::path toy_tree(const fs::path& top) {
    for (const char* name : {".clang-format",
                             ".gitignore",
                             "CMakeLists.txt",
                             "CMakePresets.json",
                             "LICENSE",
                             "faultline",
                             "abi/a",
                             "arch/a",
                             "cmake/a",
                             "cmake/Libclang.cmake",
                             "guest/a",
                             "lib/a",
                             "services/a",
                             "user/a",
                             "tools/CMakeLists.txt",
                             "tools/faultline/a",
                             "tools/gdb/a",
                             "tools/gdb/pt.py",
                             "tools/lab/a",
                             "tools/lab/author/a",
                             "tools/mkfs/a",
                             "tools/probe/a",
                             "tests/CMakeLists.txt",
                             "tests/programs/a",
                             "tests/programs/unix/a",
                             "tests/unity/a",
                             "tests/labs/07-toy/wrong/a",
                             "docs/answers.md",
                             "docs/programs.md",
                             "kernels/micro/a",
                             "build/a"})
        put(top / name, "");
    put(top / "packages.txt", "g++   # compiles\nlibclang-dev | libclang-14-dev # checks\n");
    put(top / "docs/labs/README.md", "a page for students\n");
    put(top / "docs/command.md",
        "[a](programs.md#b), [the\nanswers](answers.md#c), [w](https://w)\n"
        "[README](../README.md) [gone](gone.md) [here](#here)\n");
    put(top / "tools/faultline/help.txt", "  ./faultline run\n  ./faultline grade LAB\n");
    put(top / "kernels/monolithic/fault.cpp", "one();\n"
                                              "    // lab 7 task 1: hole two\n"
                                              "    two();\n"
                                              "    // lab 7 end\n"
                                              "// lab 8 task 1: hole three\n"
                                              "three();\n"
                                              "// lab 8 end\n");
    put(top / "labs/07-toy/holes/two.cpp", "// Your code.\n");
    put(top / "labs/08-other/handout.md", "");
    put(top / "labs/07-toy/lab.json",
        R"({"version": 1, "title": "Toy", "about": "A toy.", "time": "a minute",
            "tasks": [{"id": "1", "title": "one", "points": 3}],
            "files": ["kernels/monolithic/fault.cpp"], "kernels": ["monolithic"],
            "without": ["tools/gdb/pt.py"]})");
    fs::permissions(top / "faultline", fs::perms::owner_all);
    return top;
}

struct Toy {
    faultline::Scratch scratch{};
    fs::path tree = toy_tree(scratch.path() / "tree");
    fs::path out = scratch.path() / "out";
    lab::Description lab = lab::find_lab(tree, "toy");

    std::string text(const char* name) const { return faultline::read_file(out / name); }
};

std::string refusal(const Toy& toy) {
    try {
        lab::cut_tree(toy.lab, toy.tree, toy.out, lab::Cut::starter);
    } catch (const faultline::Failure& failure) {
        return failure.what();
    }
    return "";
}

} // namespace

TEST_CASE("globs") {
    CHECK(lab::fits("a/**", "a/b/c.cpp"));
    CHECK(lab::fits("**/c.cpp", "a/b/c.cpp"));
    CHECK(lab::fits("a/*/c.?pp", "a/b/c.cpp"));
    CHECK(!lab::fits("a/*", "a/b/c"));
    CHECK(!lab::fits("a/?", "a//"));
    CHECK(!lab::fits("a/**", "ab/c"));
    CHECK(!lab::fits("a", "a/b"));
}

TEST_CASE("a kit has what every kit has and what its lab names, and nothing else") {
    const Toy toy;
    lab::cut_tree(toy.lab, toy.tree, toy.out, lab::Cut::starter);
    for (const char* gone : {"tools/lab/author", "tools/gdb/pt.py", "docs/answers.md", "tests/labs",
                             "tests/programs/unix", "labs/08-other", "kernels/micro", "build"})
        CHECK_MESSAGE(!fs::exists(toy.out / gone), gone);
    for (const char* there : {"tools/gdb/a", "docs/command.md", "tests/programs/a", "lib/a",
                              "labs/07-toy/lab.json", "kernels/monolithic/fault.cpp"})
        CHECK_MESSAGE(fs::exists(toy.out / there), there);
    CHECK((fs::status(toy.out / "faultline").permissions() & fs::perms::owner_exec) !=
          fs::perms::none);
}

TEST_CASE("a kit's code has the hole, a solution the code, and neither a marker") {
    const Toy starter;
    lab::cut_tree(starter.lab, starter.tree, starter.out, lab::Cut::starter);
    CHECK(starter.text("kernels/monolithic/fault.cpp") == "one();\n    // Your code.\nthree();\n");
    const Toy solution;
    lab::cut_tree(solution.lab, solution.tree, solution.out, lab::Cut::solution);
    CHECK(solution.text("kernels/monolithic/fault.cpp") == "one();\n    two();\nthree();\n");
}

TEST_CASE("what a kit does not have, its pages do not lead to") {
    const Toy toy;
    lab::cut_tree(toy.lab, toy.tree, toy.out, lab::Cut::starter);
    CHECK(toy.text("docs/command.md") == "[a](programs.md#b), the\nanswers, [w](https://w)\n"
                                         "[README](../README.md) [gone](gone.md) [here](#here)\n");
    CHECK(toy.text("tools/faultline/help.txt") == "  ./faultline run\n");
    CHECK(toy.text("packages.txt") == "g++   # compiles\n");
    CHECK(toy.text("README.md").find("kernels/monolithic/fault.cpp") != std::string::npos);
    CHECK(toy.text("README.md").find('@') == std::string::npos);
}

TEST_CASE("a kit that cannot be cut is refused before it is handed out") {
    Toy no_hole;
    fs::remove(no_hole.tree / "labs/07-toy/holes/two.cpp");
    CHECK(refusal(no_hole).find("two.*") != std::string::npos);
    Toy two_holes;
    put(two_holes.tree / "labs/07-toy/holes/two.S", "");
    CHECK(refusal(two_holes).find("two files two.*") != std::string::npos);
    Toy wrong_glob;
    wrong_glob.lab.with.emplace_back("docs/typo.md");
    CHECK(refusal(wrong_glob).find("docs/typo.md") != std::string::npos);
    Toy full;
    put(full.out / "mine", "");
    CHECK(refusal(full).find("not empty") != std::string::npos);
    CHECK(refusal(Toy()).empty());
}

TEST_CASE("seeds follow from lab and student, as everybody can compute them") {
    CHECK(lab::sha256_text("") ==
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(lab::sha256_text("abc") ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(lab::sha256_text(std::string(1'000'000, 'a')) ==
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    // printf 01-sv39/s123 | sha256sum | cut -c -16
    CHECK(lab::seed_of("01-sv39", "s123") == 0xbad98d3c7aec048a);
    CHECK(lab::seed_of("01-sv39", "") == 0);
    const auto read = lab::parse_kit(lab::kit_json(
        {.lab = "01-sv39", .student = "s123", .seed = ~std::uint64_t{0}, .version = "v"}));
    CHECK(read.seed == ~std::uint64_t{0});
    CHECK(read.student == "s123");
    CHECK_THROWS_AS(lab::parse_kit("{}"), faultline::Failure);
}

TEST_CASE("a student's name can stand in a file's name and in a table") {
    for (const char* name : {"s123", "anna.b-c_d+e@uni.example", ""})
        CHECK_NOTHROW(lab::check_student(name));
    for (const char* name : {"../x", "a/b", ".hidden", "-x", "a b", "a,b", "\x1b[31m", "\xc3\xa4"})
        CHECK_THROWS_AS(lab::check_student(name), faultline::Failure);
}
