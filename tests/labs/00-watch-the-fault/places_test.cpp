// The files that wrong answers point to hold what they are said to hold.
// SPDX-License-Identifier: MIT
//
// Asked for the kernels of this build; the files of others need not be there.
#include "files.hpp"
#include "places.hpp"

#include "text.hpp"

#include <doctest/doctest.h>

using namespace lab00;

TEST_CASE("every stage function stands in the file that the marker names") {
    for (const auto& kernel : faultline::split(LAB_KERNELS, ','))
        for (const std::string stage :
             {"receive", "dispatch", "resolve", "frame", "fill", "install", "resume"}) {
            CAPTURE(kernel);
            CAPTURE(stage);
            const auto [file, caller] = lab::place_of(kernel, stage);
            REQUIRE(std::filesystem::is_regular_file(TOP / file));
            CHECK(faultline::read_file(TOP / file).find("fault_" + stage) != std::string::npos);
            CHECK((caller.empty() || std::filesystem::exists(TOP / caller)));
        }
}
