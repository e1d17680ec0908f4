// `lab start`, as a teacher calls it: a repository of one commit, the same one each time.
// SPDX-License-Identifier: MIT
#include "start.hpp"

#include "description.hpp"
#include "kit.hpp"

#include "process.hpp"
#include "scratch.hpp"
#include "text.hpp"
#include "tree.hpp"

#include <doctest/doctest.h>

namespace fs = std::filesystem;

namespace {

struct Started {
    int status;
    std::string output;
};

Started start(const std::vector<std::string>& words) {
    std::vector<std::string> command{FAULTLINE_TOOL, "lab", "start"};
    command.insert(command.end(), words.begin(), words.end());
    const auto ran = faultline::capture(command, std::chrono::seconds(60));
    return {ran.ended.status, ran.output};
}

std::string git(const fs::path& kit, std::vector<std::string> words) {
    words.insert(words.begin(), {"git", "-C", kit.string()});
    return faultline::capture(words, std::chrono::seconds(60)).output;
}

} // namespace

TEST_CASE("every lab's kit is a clean repository of one commit, whose hash tells it") {
    const fs::path top = faultline::Tree::here().top;
    const faultline::Scratch scratch;
    for (const fs::path& folder : lab::lab_folders(top)) {
        const std::string name = folder.filename().string();
        CAPTURE(name);
        const fs::path first = scratch.path() / (name + "-a");
        const fs::path second = scratch.path() / (name + "-b");
        const fs::path other = scratch.path() / (name + "-c");
        CHECK(start({name, "--out", first.string(), "--student", "s1"}).status == 0);
        CHECK(start({name, "--student", "s1", "--out", second.string()}).status == 0);
        CHECK(start({name, "--out", other.string(), "--student", "s2"}).status == 0);
        CHECK(git(first, {"rev-list", "--all", "--count"}) == "1\n");
        CHECK(git(first, {"status", "--short"}).empty());
        CHECK(git(first, {"remote"}).empty());
        CHECK(git(first, {"rev-parse", "HEAD"}) == git(second, {"rev-parse", "HEAD"}));
        CHECK(git(first, {"rev-parse", "HEAD"}) != git(other, {"rev-parse", "HEAD"}));
        const auto kit = lab::read_kit(first);
        REQUIRE(kit);
        CHECK(kit->lab == name);
        CHECK(kit->student == "s1");
        CHECK(kit->seed == lab::seed_of(name, "s1"));
        CHECK(!lab::read_kit(top));
    }
}

TEST_CASE("a kit is not written over what is there") {
    const faultline::Scratch scratch;
    faultline::write_file(scratch.path() / "mine", "work of a week");
    const Started full = start({"0", "--out", scratch.path().string()});
    CHECK(full.status == 2);
    CHECK(full.output.find("not empty") != std::string::npos);
    CHECK(faultline::read_file(scratch.path() / "mine") == "work of a week");
    CHECK(start({"0", "--out", (scratch.path() / "mine").string()}).status == 2);
}

TEST_CASE("what was asked for wrongly is said, with what there is") {
    const faultline::Scratch scratch;
    const std::string out = (scratch.path() / "kit").string();
    const Started typo = start({"wach-the-fault", "--out", out});
    CHECK(typo.status == 2);
    CHECK(typo.output.find("Did you mean watch-the-fault?") != std::string::npos);
    CHECK(start({"0"}).status == 2);
    CHECK(start({"0", "--out", out, "--student", "../s1"}).status == 2);
    CHECK(!fs::exists(out));
}
