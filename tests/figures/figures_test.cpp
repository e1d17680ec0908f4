// docs/figures.json is read as it was written, and two of them are compared in words.
// SPDX-License-Identifier: MIT
#include "figures.hpp"

#include "failure.hpp"
#include "scratch.hpp"
#include "text.hpp"

#include <doctest/doctest.h>

using namespace figures;

namespace {

const Figures KNOWN{.toolchain = {.compiler = "12.2.0", .qemu = "7.2"},
                    .numbers = {{"a", 1}, {"b", 2}},
                    .outputs = {{"./faultline compare", "one\n\ntwo\n"}}};

} // namespace

TEST_CASE("what is written is read") {
    const faultline::Scratch scratch;
    const auto file = scratch.path() / "figures.json";
    faultline::write_file(file, to_json(KNOWN));
    const Figures read = read_figures(file);
    CHECK(read.toolchain.compiler == "12.2.0");
    CHECK(read.numbers == KNOWN.numbers);
    CHECK(read.outputs == KNOWN.outputs);
    CHECK(differences(KNOWN, read).empty());
}

TEST_CASE("a file that is not there or is none is refused, and how to make one is said") {
    const faultline::Scratch scratch;
    const auto file = scratch.path() / "figures.json";
    CHECK_THROWS_AS(read_figures(file), faultline::Failure);
    for (const char* text : {"", "{}", "[]", R"({"version": 2})"}) {
        faultline::write_file(file, text);
        CHECK_THROWS_AS(read_figures(file), faultline::Failure);
    }
}

TEST_CASE("differences name the key, or the first line") {
    Figures fresh = KNOWN;
    fresh.numbers["b"] = 3;
    fresh.numbers["c"] = 4;
    fresh.outputs["./faultline compare"] = "one\n\nthree\n";
    const auto lines = differences(KNOWN, fresh);
    REQUIRE(lines.size() == 3);
    CHECK(lines[0] == "b was 2 and is now 3");
    CHECK(lines[1] == "c is not in the file; measured now: 4");
    CHECK(lines[2] == "the output of `./faultline compare` changed: line 3 was 'two' and is now "
                      "'three'");
}
