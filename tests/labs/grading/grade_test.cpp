// The whole command: same files, same result; a class, an interruption, a broken one among them.
// SPDX-License-Identifier: MIT
//
// Submissions are made of one source of lab 1, so that little is compiled.
#include "cut.hpp"
#include "grade.hpp"
#include "result_formats.hpp"
#include "sandboxes.hpp"
#include "scratch.hpp"
#include "text.hpp"
#include "tree.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace lab;
namespace fs = std::filesystem;

namespace {

constexpr const char* SOURCE = "arch/riscv/address_space.cpp";

std::string tool() { return faultline::Tree::here().build / "tools/faultline/faultline"; }

std::vector<std::string> unguarded_where_needed(std::vector<std::string> command) {
    static const bool guarded = !working_sandboxes().empty();
    if (!guarded)
        command.emplace_back("--no-sandbox");
    return command;
}

faultline::Captured call(const std::vector<std::string>& command) {
    // A machine's memory is a file of 128 MiB.
    return faultline::capture(unguarded_where_needed(command),
                              {.time = std::chrono::seconds(900), .output = 1 << 30});
}

void hand_in(const fs::path& folder, const std::string& content) {
    fs::create_directories((folder / SOURCE).parent_path());
    faultline::write_file(folder / SOURCE, content);
}

std::string reference() { return faultline::read_file(faultline::Tree::here().top / SOURCE); }

std::string without_when(const std::string& json) {
    auto all = nlohmann::json::parse(json);
    all.erase("when");
    return all.dump();
}

} // namespace

TEST_CASE("two runs over the same files give the same result, with all that it was made by") {
    const faultline::Scratch scratch;
    hand_in(scratch.path() / "ada", reference());
    const std::vector<std::string> command = {
        tool(), "grade", "1", scratch.path() / "ada", "--student", "ada", "--json", "-"};
    const auto first = call(command);
    const auto second = call(command);
    CAPTURE(first.output);
    REQUIRE(first.ended.status == 0);
    const auto json_of = [](const std::string& text) { return text.substr(text.find('{')); };
    CHECK(without_when(json_of(first.output)) == without_when(json_of(second.output)));
    const auto result = parse_result(json_of(first.output), "test");
    CHECK(result.refused.empty());
    CHECK(result.notes.size() == 3); // files that were not handed in
    CHECK(result.images.size() == 2);
    CHECK(result.of() == 100);
    CHECK(result.points() < 50);
    CHECK(result.seed != 0);
}

TEST_CASE("a class: one that is refused, one that does not build, and names stop nobody") {
    const faultline::Scratch scratch;
    const auto folder = scratch.path() / "class";
    hand_in(folder / "ada", reference());
    hand_in(folder / "bob", reference() + "\nextern \"C\" void fault_fill() {}\n");
    hand_in(folder / "no name", reference());
    fs::create_directories(folder / "eve");
    fs::create_symlink("/etc/passwd", folder / "eve" / "address_space.cpp");
    faultline::write_file(scratch.path() / "roster.json",
                          R"({"version": 1, "students": [{"student": "ada", "name": "Ada"},
                              {"student": "bob"}, {"student": "cyd"}]})");
    const std::vector<std::string> command = {tool(),
                                              "grade",
                                              "1",
                                              "--all",
                                              folder,
                                              "-j",
                                              "2",
                                              "--roster",
                                              scratch.path() / "roster.json",
                                              "--out",
                                              scratch.path() / "out"};
    const auto first = call(command);
    CAPTURE(first.output);
    REQUIRE(first.ended.status == 0);
    const auto csv = faultline::read_file(scratch.path() / "out" / "class.csv");
    CAPTURE(csv);
    CHECK(csv.find("\"ada\",\"Ada\"") != csv.npos);
    CHECK(csv.find("defines fault_fill") != csv.npos);
    CHECK(csv.find("symbolic link") != csv.npos);
    CHECK(csv.find("\"cyd\",\"\",,,,,,,,,,100,0,0,,\"not handed in\"") != csv.npos);
    CHECK(csv.find("cannot be called no name") != csv.npos);
    CHECK(csv.find("not on the roster") != csv.npos);
    const auto bob = parse_result(faultline::read_file(scratch.path() / "out" / "bob.json"), "bob");
    CHECK(bob.points() == 0);
    CHECK(bob.images.empty());

    // What is there is kept; what was lost or changed is graded again.
    fs::remove(scratch.path() / "out" / "bob.json");
    const auto second = call(command);
    CAPTURE(second.output);
    CHECK(second.output.find("2 of them graded before") != std::string::npos);
    CHECK(faultline::read_file(scratch.path() / "out" / "class.csv") == csv);
}

TEST_CASE("a line that cannot be meant is refused before any work") {
    for (const std::vector<std::string>& words : {std::vector<std::string>{"grade", "1"},
                                                  {"grade", "no-such-lab", "."},
                                                  {"grade", "1", "/no/such/folder"},
                                                  {"grade", "1", ".", "--out", "x"},
                                                  {"grade", "1", ".", "--all", "."},
                                                  {"grade", "1", "--all", ".", "-j", "9999"},
                                                  {"grade", "1", ".", "--student", "../x"}}) {
        auto command = words;
        command.insert(command.begin(), tool());
        const auto said = call(command);
        CAPTURE(said.output);
        CHECK(said.ended.status == 2);
    }
}
