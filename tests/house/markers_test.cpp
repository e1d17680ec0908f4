// The labs' markers: what they name is there, and what stands in a lab's folder is named.
// SPDX-License-Identifier: MIT
#include "tree.hpp"

#include "cut.hpp"
#include "failure.hpp"
#include "marker.hpp"
#include "selection.hpp"
#include "text.hpp"

#include <doctest/doctest.h>

#include <set>

namespace fs = std::filesystem;

namespace {

struct Marked {
    fs::path file;
    lab::Hole hole;
};

// Every hole of LAB, wherever in the tree.
std::vector<Marked> marked_in_tree(const lab::Description& lab) {
    std::vector<Marked> all;
    for (const fs::path& file : lab::tree_files(top())) {
        if (!lab::may_have_markers(file))
            continue;
        const auto lines = lab::whole_lines(faultline::read_file(top() / file));
        for (const lab::Hole& hole : lab::holes_of(lines, lab.number, file.string()))
            all.push_back({file, hole});
    }
    return all;
}

std::vector<lab::Description> labs() {
    std::vector<lab::Description> all;
    for (const fs::path& folder : lab::lab_folders(top()))
        all.push_back(lab::read_description(folder));
    return all;
}

} // namespace

TEST_CASE("every marker can be read, and is of a lab that there is") {
    std::set<int> numbers;
    for (const lab::Description& lab : labs())
        numbers.insert(lab.number);
    for (const fs::path& file : lab::tree_files(top()))
        if (lab::may_have_markers(file))
            for (const std::string& line : lab::whole_lines(faultline::read_file(top() / file))) {
                CAPTURE(file.string());
                std::optional<lab::Marker> marker;
                CHECK_NOTHROW(marker = lab::parse_marker(line));
                if (marker)
                    CHECK_MESSAGE(numbers.contains(marker->lab), line);
            }
}

TEST_CASE("markers match, and name a task of the lab and a file of its holes") {
    for (const lab::Description& lab : labs()) {
        CAPTURE(lab.name);
        for (const Marked& marked : marked_in_tree(lab)) {
            CAPTURE(marked.file.string());
            CHECK_MESSAGE(lab.task(marked.hole.task), "task ", marked.hole.task);
            CHECK_NOTHROW(lab::hole_file(lab, marked.hole.name));
        }
    }
}

TEST_CASE("every hole stands where a kit has it, and every file of holes is used") {
    for (const lab::Description& lab : labs()) {
        CAPTURE(lab.name);
        const auto files = lab::select(lab, lab::tree_files(top()));
        const std::set<fs::path> in_kit(files.begin(), files.end());
        std::set<std::string> used;
        for (const Marked& marked : marked_in_tree(lab)) {
            used.insert(marked.hole.name);
            CHECK_MESSAGE(in_kit.contains(marked.file), marked.file.string());
        }
        if (fs::is_directory(lab.folder / "holes"))
            for (const fs::directory_entry& entry : fs::directory_iterator(lab.folder / "holes"))
                CHECK_MESSAGE(used.contains(entry.path().stem().string()), entry.path().string());
        for (const std::string& name : lab.no_secret)
            CHECK_MESSAGE(used.contains(name), name);
    }
}

TEST_CASE("a hole is no wider than a screen, as all code") {
    for (const lab::Description& lab : labs())
        for (const Marked& marked : marked_in_tree(lab)) {
            const fs::path hole = lab::hole_file(lab, marked.hole.name);
            for (const std::string& line : lab::whole_lines(faultline::read_file(hole)))
                CHECK_MESSAGE(line.size() + marked.hole.indent.size() <= 101, hole.string(), ": ",
                              line);
        }
}
