// Documents stay true: every file that one names in backticks is there.
// SPDX-License-Identifier: MIT
#include "tree.hpp"

#include <doctest/doctest.h>

#include <regex>

namespace fs = std::filesystem;

namespace {

// A path of the tree: words joined by slashes, with a known first folder; no placeholders.
const std::regex PATH(
    "`((abi|arch|cmake|docs|guest|kernels|labs|lib|services|tests|tools|user)/[A-Za-z0-9_./-]+)`");

std::vector<SourceFile> documents() {
    std::vector<SourceFile> all{read_source(top() / "README.md")};
    for (const char* folder : {"docs", "kernels", "labs"})
        for (SourceFile& file : sources(folder, {".md"}))
            all.push_back(std::move(file));
    return all;
}

// From the tree's top, or (in a kernel's README) from the document's folder.
bool is_there(const SourceFile& document, const std::string& path) {
    return fs::exists(top() / path) ||
           fs::exists(top() / fs::path(document.path).parent_path() / path);
}

} // namespace

TEST_CASE("every path that a document names in backticks exists") {
    for (const SourceFile& document : documents())
        for (std::size_t i = 0; i < document.lines.size(); ++i)
            for (std::sregex_iterator at(document.lines[i].begin(), document.lines[i].end(), PATH),
                 end;
                 at != end; ++at)
                CHECK_MESSAGE(is_there(document, (*at)[1]), place(document, i), " names ",
                              (*at)[1].str());
}

TEST_CASE("every link of a document leads to a file") {
    const std::regex link(R"(\]\(([^)#:]+)(#[^)]*)?\))");
    for (const SourceFile& document : documents())
        for (std::size_t i = 0; i < document.lines.size(); ++i)
            for (std::sregex_iterator at(document.lines[i].begin(), document.lines[i].end(), link),
                 end;
                 at != end; ++at)
                CHECK_MESSAGE(
                    fs::exists(top() / fs::path(document.path).parent_path() / (*at)[1].str()),
                    place(document, i), " links to ", (*at)[1].str());
}
