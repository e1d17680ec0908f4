// What Gradescope imports: two scripts and a tree that knows its commit.
// SPDX-License-Identifier: MIT
#include "bundle.hpp"

#include "process.hpp"
#include "scratch.hpp"
#include "text.hpp"
#include "tree.hpp"

#include <doctest/doctest.h>

namespace fs = std::filesystem;

namespace {

std::string run(const std::vector<std::string>& command) {
    const auto ran = faultline::capture(command, std::chrono::minutes(2));
    CAPTURE(ran.output);
    REQUIRE(ran.ended.status == 0);
    return ran.output;
}

fs::path clone(const fs::path& folder) {
    const auto top = faultline::Tree::here().top;
    const auto tree = folder / "clone";
    run({"git", "clone", "--quiet", "--depth", "1", "file://" + top.string(), tree.string()});
    return tree;
}

// The script NAME of a bundle of TREE.
std::string script_of(const fs::path& tree, bool is_shared, const std::string& name) {
    const faultline::Scratch scratch;
    const auto file = scratch.path() / "lab.zip";
    CHECK(lab::bundle({.lab = "1", .out = file.string(), .is_shared = is_shared}, tree) ==
          faultline::Exit::done);
    run({"cmake", "-E", "chdir", scratch.path().string(), "cmake", "-E", "tar", "xf",
         file.string()});
    CHECK((fs::status(scratch.path() / name).permissions() & fs::perms::owner_exec) !=
          fs::perms::none);
    return faultline::read_file(scratch.path() / name);
}

} // namespace

TEST_CASE("a bundle holds both scripts and the commit, whose starter is made at set-up") {
    const faultline::Scratch scratch;
    const auto tree = clone(scratch.path());
    CHECK(script_of(tree, false, "setup.sh").find("grade 01-sv39 --prepare") != std::string::npos);
    CHECK(script_of(tree, false, "run_autograder").find("--metadata /autograder/") !=
          std::string::npos);
    CHECK(script_of(tree, true, "run_autograder").find("--metadata") == std::string::npos);

    const auto file = scratch.path() / "lab.zip";
    CHECK(lab::bundle({.lab = "1", .out = file.string()}, tree) == faultline::Exit::done);
    run({"cmake", "-E", "chdir", scratch.path().string(), "cmake", "-E", "tar", "xf",
         file.string()});
    const auto there = scratch.path() / "there";
    fs::create_directories(there);
    run({"tar", "-xzf", (scratch.path() / "faultline.tar.gz").string(), "-C", there.string()});
    CHECK(run({"git", "-C", there.string(), "rev-parse", "HEAD"}) ==
          run({"git", "-C", tree.string(), "rev-parse", "HEAD"}));
    CHECK(run({"git", "-C", there.string(), "status", "--short"}).empty());
    CHECK(run({"git", "-C", there.string(), "remote"}).empty());
}

TEST_CASE("no bundle is made of what is not committed, nor over a file that is there") {
    const faultline::Scratch scratch;
    const auto tree = clone(scratch.path());
    const auto file = scratch.path() / "lab.zip";
    const auto refused = [&](const std::string& out) {
        try {
            lab::bundle({.lab = "1", .out = out}, tree);
        } catch (const faultline::Failure& failure) {
            return std::string(failure.what());
        }
        return std::string("made");
    };
    faultline::write_file(file, "mine");
    CHECK(refused(file.string()).find("exists") != std::string::npos);
    CHECK(faultline::read_file(file) == "mine");
    CHECK(refused((scratch.path() / "lab.tar").string()).find(".zip") != std::string::npos);
    CHECK(refused((scratch.path() / "no/such/lab.zip").string()) != "made");
    faultline::write_file(tree / "LICENSE", "mine");
    CHECK(refused((scratch.path() / "other.zip").string()).find("not committed") !=
          std::string::npos);
}

TEST_CASE("Gradescope's metadata says whose a submission is") {
    const auto student = [](const std::string& json) {
        return lab::student_of_metadata(json, "metadata.json");
    };
    CHECK(student(R"({"users": [{"email": "ada@a.edu", "id": 1}]})") == "ada@a.edu");
    CHECK(student(R"({"users": [{"email": "bob@a.edu"}, {"email": "ada@a.edu"}]})") == "ada@a.edu");
    for (const char* json :
         {"", "{", "[]", "{}", R"({"users": []})", R"({"users": [{}]})", R"({"users": {"a": 1}})",
          R"({"users": [{"email": 7}]})", R"({"users": [7]})"}) {
        CAPTURE(json);
        CHECK_THROWS_AS(student(json), faultline::Failure);
    }
}
