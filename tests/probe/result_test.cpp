// The result's form, and how it reaches the disk.
// SPDX-License-Identifier: MIT
//
// The counts in it are the other tests' business.
#include "result.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace fs = std::filesystem;

TEST_CASE("a run without a fault") {
    const probe::Configuration configuration;
    probe::Engine engine(configuration);
    const auto json = nlohmann::json::parse(to_json(engine, probe::End::limit, {}));
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
