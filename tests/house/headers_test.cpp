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
#include <set>

namespace fs = std::filesystem;

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

struct Include {
    std::string name;
    bool of_system; // in angle brackets
};

std::vector<Include> includes_of(const SourceFile& file) {
    static const std::regex include(R"re(\s*#\s*include\s*([<"])([^>"]+)[>"].*)re");
    std::vector<Include> all;
    std::smatch match;
    for (const std::string& line : file.lines)
        if (std::regex_match(line, match, include))
            all.push_back({match[2], match[1] == "<"});
    return all;
}

// Headers of the standard library that FILE sees through headers of the tree, as far as these are
// found from the top or from the folder of who includes them.
void add_seen(const SourceFile& file, std::set<std::string>& read, std::set<std::string>& seen) {
    for (const Include& include : includes_of(file)) {
        if (include.of_system) {
            seen.insert(include.name);
            continue;
        }
        const fs::path folder = (top() / file.path).parent_path();
        for (const fs::path& place : {top() / include.name, folder / include.name})
            if (fs::exists(place) && read.insert(fs::canonical(place).string()).second)
                add_seen(read_source(place), read, seen);
    }
}

} // namespace

TEST_CASE("guest code that names fixed-width integers sees <cstdint>") {
    // Other headers of the standard library bring it along in one version and not in the next.
    const std::regex integer(R"(.*\bstd::u?int(8|16|32|64)_t\b.*)");
    for (const SourceFile& file : all_guest_sources()) {
        if (std::ranges::none_of(file.lines, [&](const std::string& line) {
                return std::regex_match(line, integer);
            }))
            continue;
        std::set<std::string> read;
        std::set<std::string> seen;
        add_seen(file, read, seen);
        CHECK_MESSAGE(seen.contains("cstdint"), file.path);
    }
}

TEST_CASE("guest code includes no header of the standard library that needs an operating system") {
    for (const SourceFile& file : all_guest_sources())
        for (const Include& include : includes_of(file))
            if (include.of_system)
                CHECK_MESSAGE(std::ranges::count(FREESTANDING, include.name) == 1, file.path,
                              " includes <", include.name, ">");
}

TEST_CASE("the compiler that is here takes each header that guest code may include") {
    for (const std::string& header : FREESTANDING)
        CHECK_MESSAGE(compiles(header), header);
}
