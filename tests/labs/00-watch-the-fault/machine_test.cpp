// The whole marker as it is called, and the solution against the machine as it is.
// SPDX-License-Identifier: MIT
//
// Where a build has not all four kernels, questions on the others are IGNOREd and the exit code
// is 3.
#include "files.hpp"

#include "process.hpp"
#include "scratch.hpp"
#include "text.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace lab00;

namespace {

faultline::Captured marker(std::vector<std::string> arguments) {
    faultline::prepare_signals();
    arguments.insert(arguments.begin(), LAB_MARKER);
    return faultline::capture(arguments, std::chrono::seconds(240));
}

std::string path(const std::filesystem::path& file) { return file.string(); }

const std::string RECORDED = path(TESTS / "measurement.json");
const std::string SOLVED = path(SOLUTION);

} // namespace

TEST_CASE("the solution has full marks on this machine") {
    const auto result = marker({SOLVED});
    CAPTURE(result.output);
    CHECK(result.output.find(":FAIL") == std::string::npos);
    CHECK(result.output.find(":PASS") != std::string::npos);
    const bool all = faultline::split(LAB_KERNELS, ',').size() == lab::KERNELS.size();
    CHECK(result.ended.status == (all ? 0 : 3));
    CHECK(result.output.ends_with("points 50 of 50\n") == all);
}

TEST_CASE("exit codes: full marks, not full, unreadable, no measurement") {
    CHECK(marker({SOLVED, "--measurement", RECORDED}).ended.status == 0);
    CHECK(marker({path(STARTER), "--measurement", RECORDED}).ended.status == 1);
    for (const auto& answers : {std::string("/nowhere.txt"), path(TESTS), std::string("/dev/zero"),
                                std::string(LAB_MARKER), std::string("--wrong")})
        CHECK(marker({answers, "--measurement", RECORDED}).ended.status == 2);
    CHECK(marker({}).ended.status == 2);
    for (const auto& measurement : {std::string("/nowhere.json"), SOLVED})
        CHECK(marker({SOLVED, "--measurement", measurement}).ended.status == 3);
    CHECK(marker({"--help"}).ended.status == 0);
}

TEST_CASE("the marks go to a file as JSON, and to standard output") {
    const faultline::Scratch scratch;
    const auto file = scratch.path() / "marks.json";
    const auto text = marker({SOLVED, "--measurement", RECORDED, "--json", path(file)});
    CHECK(text.output.ends_with("points 50 of 50\n"));
    const auto only = marker({SOLVED, "--measurement", RECORDED, "--json", "-"});
    CHECK(only.output == faultline::read_file(file));
    CHECK(nlohmann::json::parse(only.output)["points"] == 50);
    CHECK(marker({SOLVED, "--measurement", RECORDED, "--json", "/no/where"}).ended.status == 2);
}

TEST_CASE("--quiet gives points, with the exit codes of the loud marking") {
    const auto full = marker({SOLVED, "--measurement", RECORDED, "--quiet"});
    CHECK(full.ended.status == 0);
    CHECK(full.output.ends_with("points 50 of 50\n"));
    CHECK(full.output.find("PASS") == std::string::npos);
    const auto none = marker({path(STARTER), "--measurement", RECORDED, "--quiet"});
    CHECK(none.ended.status == 1);
    CHECK(none.output.ends_with("points 0 of 50\n"));
}

TEST_CASE("a JSON file of marks is not overwritten by answers that cannot be read") {
    const faultline::Scratch scratch;
    const auto file = scratch.path() / "marks.json";
    faultline::write_file(file, "earlier");
    CHECK(marker({"/nowhere", "--measurement", RECORDED, "--json", path(file)}).ended.status == 2);
    CHECK(faultline::read_file(file) == "earlier");
}
