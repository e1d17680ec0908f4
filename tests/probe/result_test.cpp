// The result's form, and how it reaches the disk.
// SPDX-License-Identifier: MIT
//
// The counts in it are the other tests' business.
#include "result.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sys/resource.h>
#include <unistd.h>

namespace fs = std::filesystem;

TEST_CASE("a run without a fault") {
    const probe::Configuration configuration;
    probe::Engine engine(configuration);
    const auto json = nlohmann::json::parse(to_json(engine, {.end = probe::End::limit}, {}));
    CHECK(json["version"] == 1);
    CHECK(json["end"] == "limit");
    CHECK(json["fault"].is_null());
    CHECK(json["machine"]["instructions"] == 0);
    CHECK(json["machine"].contains("sbi_calls"));
}

TEST_CASE("writing replaces the old file, or says why not") {
    const auto folder = fs::temp_directory_path() / ("probe-result-" + std::to_string(getpid()));
    fs::create_directory(folder);
    const auto path = (folder / "result.json").string();
    std::ofstream(path) << "old";
    CHECK(probe::write_atomically(path, "new") == "");
    std::string text;
    std::ifstream(path) >> text;
    CHECK(text == "new");
    CHECK(std::distance(fs::directory_iterator(folder), {}) == 1);
    CHECK(probe::write_atomically((folder / "a" / "b").string(), "new")
              .find("No such file or directory") != std::string::npos);
    fs::remove_all(folder);
}

// The first write is cut short, the second fails.
TEST_CASE("a disk that fills up leaves the old file and nothing half written") {
    const auto folder = fs::temp_directory_path() / ("probe-full-" + std::to_string(getpid()));
    fs::create_directory(folder);
    const auto path = (folder / "result.json").string();
    std::ofstream(path) << "old";
    rlimit before{};
    REQUIRE(getrlimit(RLIMIT_FSIZE, &before) == 0);
    const rlimit small{.rlim_cur = 1024, .rlim_max = before.rlim_max};
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    const bool limited = setrlimit(RLIMIT_FSIZE, &small) == 0;
    const auto error = probe::write_atomically(path, std::string(4000, 'x'));
    setrlimit(RLIMIT_FSIZE, &before);
    const bool restored = std::signal(SIGXFSZ, handler) != SIG_ERR;
    CHECK(limited);
    CHECK(restored);
    CHECK_MESSAGE(error.starts_with("cannot write " + path), error);
    std::string text;
    std::ifstream(path) >> text;
    CHECK(text == "old");
    CHECK(std::distance(fs::directory_iterator(folder), {}) == 1);
    fs::remove_all(folder);
}
