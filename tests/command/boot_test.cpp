// Each kernel's boot, on the real machine: within the bound that `bench` names.
// SPDX-License-Identifier: MIT
//
// It waits for the disk, so it is no figure of docs/figures.json, which holds the others.
#include "text.hpp"
#include "tool.hpp"

#include <doctest/doctest.h>

using namespace faultline;

TEST_CASE("each kernel boots within its bound") {
    const auto result = call({{"bench", "boot"}, {}});
    CAPTURE(result.output);
    CHECK(result.ended.status == 0);
    CHECK(result.output.find("\nboot *") != std::string::npos);
    CHECK(result.output.find("EXCEEDED") == std::string::npos);
}
