// Which headers of the standard library guest code may include.
// SPDX-License-Identifier: MIT
//
// The guest is freestanding, with no operating system below it. From version 13 on GCC refuses
// other headers there; version 12 takes them all, so that what breaks a newer machine is not seen
// on it.
#include "tree.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <regex>

namespace {

// Each of them is complete enough without an operating system, in every version of GCC from 12 on.
const std::vector<std::string> FREESTANDING{
    "algorithm",   "array",   "atomic",  "bit",         "compare",
    "concepts",    "cstddef", "cstdint", "expected",    "initializer_list",
    "iterator",    "limits",  "memory",  "new",         "numeric",
    "optional",    "ranges",  "span",    "string_view", "tuple",
    "type_traits", "utility"};

std::vector<SourceFile> all_guest_sources() {
    std::vector<SourceFile> all = guest_sources();
    for (const char* folder : {"tests/guest", "tests/programs", "tests/hostile"})
        for (SourceFile& file : sources(folder, {".cpp", ".hpp"}))
            all.push_back(std::move(file));
    return all;
}

// Does the compiler that is here take HEADER in the guest's mode?
bool compiles(const std::string& header) {
    const std::string command = "printf '#include <" + header +
                                ">\\n' | " CROSS_COMPILER
                                " -x c++ -std=c++23 -ffreestanding -fno-exceptions -fno-rtti"
                                " -march=rv64imac_zicsr_zifencei -mabi=lp64"
                                " -isystem " TOP "/guest/include -fsyntax-only - 2>/dev/null";
    return std::system(command.c_str()) == 0;
}

} // namespace

TEST_CASE("guest code includes no header of the standard library that needs an operating system") {
    const std::regex include(R"(\s*#\s*include\s*<([^>]+)>.*)");
    for (const SourceFile& file : all_guest_sources())
        for (std::size_t i = 0; i < file.lines.size(); ++i) {
            std::smatch match;
            if (std::regex_match(file.lines[i], match, include))
                CHECK_MESSAGE(std::ranges::count(FREESTANDING, match[1].str()) == 1, place(file, i),
                              " includes <", match[1].str(), ">");
        }
}

TEST_CASE("the compiler that is here takes each header that guest code may include") {
    for (const std::string& header : FREESTANDING)
        CHECK_MESSAGE(compiles(header), header);
}
