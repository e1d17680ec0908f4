// Documents stay true: every file that one names is there, and the names that it is said to hold.
// SPDX-License-Identifier: MIT
#include "tree.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <regex>
#include <set>

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

// Whether NAME occurs in FILE as a word of its own.
bool has_name(const SourceFile& file, const std::string& name) {
    const std::regex word("\\b" + name + "\\b");
    return std::ranges::any_of(
        file.lines, [&](const std::string& line) { return std::regex_search(line, word); });
}

struct Link {
    std::size_t line;
    fs::path path; // from the tree's top
    std::string anchor;
};

// To files of the tree, or to headings of the document itself.
std::vector<Link> links(const SourceFile& document) {
    static const std::regex LINK(R"(\]\(([^)#:]*)(#([^)]*))?\))");
    std::vector<Link> all;
    for (std::size_t i = 0; i < document.lines.size(); ++i)
        for (std::sregex_iterator at(document.lines[i].begin(), document.lines[i].end(), LINK), end;
             at != end; ++at) {
            const fs::path own(document.path);
            const std::string path = (*at)[1];
            all.push_back(
                {i, path.empty() ? own : (own.parent_path() / path).lexically_normal(), (*at)[3]});
        }
    return all;
}

// What a heading is called in a link: lower case, without punctuation, - for blanks.
std::string anchor_of(const std::string& heading) {
    std::string anchor;
    for (const char c : heading)
        if (c == ' ' || c == '-')
            anchor += '-';
        else if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_')
            anchor += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return anchor;
}

std::set<std::string> anchors(const SourceFile& document) {
    static const std::regex HEADING("#+ +(.*[^ ]) *");
    std::set<std::string> all;
    bool fenced = false; // there a # begins a remark
    for (const std::string& line : document.lines) {
        fenced = fenced != line.starts_with("```");
        if (std::smatch match; !fenced && std::regex_match(line, match, HEADING))
            all.insert(anchor_of(match[1]));
    }
    return all;
}

// `path`: `name`, `name`: what a document says to stand in that file.
const std::regex NAMES_IN_FILE("`([a-z]+/[A-Za-z0-9_./-]+\\.[a-zA-Z]+)`: ((`\\w+`(, )?)+)");
const std::regex NAME("`(\\w+)`");

void check_names(const SourceFile& document, std::size_t line, const std::smatch& found) {
    const SourceFile file = read_source(top() / found[1].str());
    const std::string names = found[2];
    for (std::sregex_iterator at(names.begin(), names.end(), NAME), end; at != end; ++at)
        CHECK_MESSAGE(has_name(file, (*at)[1]), place(document, line), " says that ",
                      found[1].str(), " has ", (*at)[1].str());
}

// The cells of a table's row.
std::vector<std::string> cells(const std::string& line) {
    std::vector<std::string> all;
    for (std::size_t start = 2; start < line.size();) {
        const std::size_t end = std::min(line.find(" |", start), line.size());
        all.push_back(line.substr(start, end - start));
        start = end + 3;
    }
    return all;
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

TEST_CASE("every link of a document leads to a file, and to a heading that is there") {
    for (const SourceFile& document : documents())
        for (const Link& link : links(document)) {
            CAPTURE(place(document, link.line));
            REQUIRE_MESSAGE(fs::exists(top() / link.path), " links to ", link.path.string());
            if (!link.anchor.empty())
                CHECK_MESSAGE(anchors(read_source(top() / link.path)).contains(link.anchor),
                              link.path.string(), " has no heading #", link.anchor);
        }
}

TEST_CASE("docs/README.md links to every page once: each has a reader to whom it belongs") {
    std::map<std::string, int> linked;
    for (const Link& link : links(read_source(top() / "docs/README.md")))
        ++linked[link.path.string()];
    for (const SourceFile& document : documents())
        if (document.path != "README.md" && document.path != "docs/README.md")
            CHECK_MESSAGE(linked[document.path] == 1, document.path, " is linked to ",
                          linked[document.path], " times");
    const std::vector<Link> from_the_top = links(read_source(top() / "README.md"));
    CHECK(std::ranges::count(from_the_top, fs::path("docs/README.md"), &Link::path) > 0);
}

TEST_CASE("every name that a document finds in a file is there") {
    for (const SourceFile& document : documents())
        for (std::size_t i = 0; i < document.lines.size(); ++i)
            for (std::sregex_iterator
                     at(document.lines[i].begin(), document.lines[i].end(), NAMES_IN_FILE),
                 end;
                 at != end; ++at)
                check_names(document, i, *at);
}

TEST_CASE("you-know-xv6: a file named without its folder stands in its column's kernel") {
    const std::array<std::string, 4> kernels{"monolithic", "micro", "spin", "exo"};
    const std::regex file("`([a-z_]+\\.(cpp|hpp|S))`");
    const SourceFile document = read_source(top() / "docs/you-know-xv6.md");
    for (std::size_t i = 0; i < document.lines.size(); ++i) {
        if (!document.lines[i].starts_with("| `")) // a row of a table
            continue;
        const std::vector<std::string> row = cells(document.lines[i]);
        REQUIRE_MESSAGE(row.size() == 2 + kernels.size(), place(document, i));
        for (std::size_t k = 0; k < kernels.size(); ++k)
            for (std::sregex_iterator at(row[2 + k].begin(), row[2 + k].end(), file), end;
                 at != end; ++at)
                CHECK_MESSAGE(fs::exists(top() / "kernels" / kernels[k] / (*at)[1].str()),
                              place(document, i), " names ", (*at)[1].str(), " of ", kernels[k]);
    }
}
