// How every source file looks: head, size, no conditional compilation, assembly in place.
// SPDX-License-Identifier: MIT
#include "tree.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <regex>

namespace {

std::vector<SourceFile> all_sources() {
    std::vector<SourceFile> all = guest_sources();
    for (const char* folder : {"tools", "tests", "guest", "cmake"})
        for (SourceFile& file :
             sources(folder, {".cpp", ".hpp", ".h", ".S", ".cmake", ".inc", ".py"}))
            all.push_back(std::move(file));
    return all;
}

// The only files that may hold inline assembly: wrappers of single instructions.
bool may_hold_inline_assembly(const std::string& path) {
    static const std::vector<std::string> wrappers{"arch/riscv/csr.hpp", "arch/riscv/sbi.cpp",
                                                   "arch/riscv/hart.hpp",
                                                   "arch/riscv/timer_sstc.cpp"};
    // Each user side has one place for its system calls.
    static const std::regex stubs("(user/library|kernels/[a-z]+/(library|libos|servers))/.*");
    return std::ranges::count(wrappers, path) != 0 || std::regex_match(path, stubs);
}

} // namespace

TEST_CASE("every source file opens with what it is and with its licence") {
    for (const SourceFile& file : all_sources()) {
        CAPTURE(file.path);
        REQUIRE(file.lines.size() >= 2);
        CHECK(file.lines[0].size() > 10);
        const std::regex licence(R"((//|#|/\*|;) SPDX-License-Identifier: MIT( \*/)?)");
        CHECK(std::regex_match(file.lines[1], licence));
    }
}

TEST_CASE("a source file is one idea: at most 300 lines of 100 columns") {
    for (const SourceFile& file : all_sources()) {
        CHECK_MESSAGE(file.lines.size() <= 300, file.path, " has ", file.lines.size(), " lines");
        for (std::size_t i = 0; i < file.lines.size(); ++i)
            CHECK_MESSAGE(file.lines[i].size() <= 100, place(file, i));
    }
}

TEST_CASE("no conditional compilation in guest code: variants are files") {
    const std::regex conditional(R"(\s*#\s*(if|ifdef|ifndef|elif)\b.*)");
    for (const SourceFile& file : guest_sources())
        for (std::size_t i = 0; i < file.lines.size(); ++i)
            CHECK_MESSAGE(!std::regex_match(file.lines[i], conditional), place(file, i));
}

TEST_CASE("assembly stands in .S files, and inline only in wrappers") {
    const std::regex inline_assembly(R"(.*\basm( volatile)?\(.*)");
    for (const SourceFile& file : guest_sources())
        if (!file.path.ends_with(".S") && !may_hold_inline_assembly(file.path))
            for (std::size_t i = 0; i < file.lines.size(); ++i)
                CHECK_MESSAGE(!std::regex_match(file.lines[i], inline_assembly), place(file, i));
}

TEST_CASE("nothing is left open in the text") {
    const std::regex open("\\b(TO"
                          "DO|FIX"
                          "ME|X"
                          "XX|HA"
                          "CK)\\b");
    for (const SourceFile& file : all_sources())
        for (std::size_t i = 0; i < file.lines.size(); ++i)
            CHECK_MESSAGE(!std::regex_search(file.lines[i], open), place(file, i));
}
