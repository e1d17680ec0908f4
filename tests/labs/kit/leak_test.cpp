// No kit holds what its student is to write; and the test that says so finds it where it is.
// SPDX-License-Identifier: MIT
#include "leak.hpp"

#include "cut.hpp"
#include "marker.hpp"
#include "scratch.hpp"
#include "selection.hpp"
#include "text.hpp"
#include "tree.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

namespace fs = std::filesystem;

namespace {

const fs::path TOP = faultline::Tree::here().top;

std::vector<lab::Description> labs() {
    std::vector<lab::Description> all;
    for (const fs::path& folder : lab::lab_folders(TOP))
        all.push_back(lab::read_description(folder));
    return all;
}

struct Kit {
    Kit(const lab::Description& lab, lab::Cut cut) { lab::cut_tree(lab, TOP, path, cut); }

    faultline::Scratch scratch{};
    fs::path path = scratch.path() / "kit";
};

std::set<std::string> leaked_holes(const lab::Description& lab, const fs::path& kit) {
    std::set<std::string> holes;
    for (const lab::Leak& leak : lab::leaks(lab, TOP, kit))
        holes.insert(leak.hole);
    return holes;
}

// The code of each hole of LAB that can be told from other code: by its name.
std::map<std::string, std::string> telling_holes(const lab::Description& lab) {
    std::map<std::string, std::string> code;
    for (const fs::path& file : lab::select(lab, lab::tree_files(TOP))) {
        if (!lab::may_have_markers(file))
            continue;
        const auto lines = lab::whole_lines(faultline::read_file(TOP / file));
        for (const lab::Hole& hole : lab::holes_of(lines, lab.number, file.string())) {
            std::string text;
            for (std::size_t line = hole.first + 1; line < hole.last; ++line)
                text += lines[line];
            const bool secret = std::ranges::count(lab.no_secret, hole.name) == 0;
            if (secret && lab::tokens_of(lab::without_comments(text)).size() >= 12)
                code[hole.name] = text;
        }
    }
    return code;
}

} // namespace

TEST_CASE("tokens: layout, line ends and comments do not matter") {
    CHECK(lab::tokens_of("a->b::c( d)+=1;") ==
          std::vector<std::string>{"a", "->", "b", "::", "c", "(", "d", ")", "+=", "1", ";"});
    CHECK(lab::without_comments("a // b\n/* c */d # e\n#f\n") == "a \nd \n\n");
    CHECK(lab::without_comments("a /* never ends") == "a ");
}

TEST_CASE("no kit has what its student is to write") {
    for (const lab::Description& lab : labs()) {
        const Kit kit(lab, lab::Cut::starter);
        for (const lab::Leak& leak : lab::leaks(lab, TOP, kit.path))
            FAIL_CHECK(lab.name, ": ", leak.file.string(), " has of hole ", leak.hole, ": ",
                       leak.text);
    }
}

TEST_CASE("the solution, in which all of it stands, does not pass for a kit") {
    for (const lab::Description& lab : labs()) {
        const Kit solution(lab, lab::Cut::solution);
        const auto leaked = leaked_holes(lab, solution.path);
        for (const auto& [name, code] : telling_holes(lab))
            CHECK_MESSAGE(leaked.contains(name), lab.name, ": ", name);
    }
}

TEST_CASE("a page that quotes a hole's code in another layout is found") {
    for (const lab::Description& lab : labs()) {
        const Kit kit(lab, lab::Cut::starter);
        for (const auto& [name, code] : telling_holes(lab)) {
            std::string page = "One could write\n\n    // ";
            for (const std::string& token : lab::tokens_of(lab::without_comments(code)))
                page += token + (token == ";" ? "\n    // " : " ");
            faultline::write_file(kit.path / "docs" / (name + ".md"), page);
        }
        std::set<std::string> found;
        for (const lab::Leak& leak : lab::leaks(lab, TOP, kit.path))
            if (leak.file == "docs/" + leak.hole + ".md")
                found.insert(leak.hole);
        for (const auto& [name, code] : telling_holes(lab))
            CHECK_MESSAGE(found.contains(name), lab.name, ": ", name);
    }
}

TEST_CASE("a kit is text, without markers and without what only the tree has") {
    for (const lab::Description& lab : labs()) {
        const Kit kit(lab, lab::Cut::starter);
        CAPTURE(lab.name);
        for (const fs::path& file : lab::tree_files(kit.path)) {
            CAPTURE(file.string());
            const std::string text = faultline::read_file(kit.path / file);
            CHECK(text.find('\0') == std::string::npos);
            if (lab::may_have_markers(file))
                for (const std::string& line : lab::whole_lines(text))
                    CHECK_MESSAGE(!lab::parse_marker(line), line);
        }
        CHECK(!fs::exists(kit.path / "tools" / "lab" / "author"));
        CHECK(!fs::exists(kit.path / "tests" / "labs"));
        for (const fs::directory_entry& folder : fs::directory_iterator(kit.path / "labs"))
            CHECK(folder.path().filename() == lab.name);
        for (const fs::directory_entry& kernel : fs::directory_iterator(kit.path / "kernels"))
            CHECK(std::ranges::count(lab.kernels, kernel.path().filename().string()) == 1);
    }
}
