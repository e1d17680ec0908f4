// Copies the selected files, and changes on the way what a student shall get otherwise.
// SPDX-License-Identifier: MIT
#include "cut.hpp"

#include "failure.hpp"
#include "links.hpp"
#include "marker.hpp"
#include "readme.hpp"
#include "selection.hpp"
#include "text.hpp"

#include <algorithm>

namespace lab {

namespace fs = std::filesystem;
using faultline::Exit;
using faultline::Failure;

fs::path hole_file(const Description& lab, const std::string& hole) {
    std::vector<fs::path> found;
    if (fs::is_directory(lab.folder / "holes"))
        for (const fs::directory_entry& entry : fs::directory_iterator(lab.folder / "holes"))
            if (entry.path().stem() == hole)
                found.push_back(entry.path());
    if (found.size() == 1)
        return found.front();
    throw Failure(Exit::failed,
                  "labs/" + lab.name + "/holes has " + (found.empty() ? "no file " : "two files ") +
                      hole + ".*",
                  "It is what a student gets instead of the lines that a marker names.");
}

// A line names a package, and perhaps alternatives.
static std::string without_packages(const std::string& text, const Description& lab) {
    const auto dropped = packages_not_of(lab);
    std::string result;
    for (const std::string& line : whole_lines(text))
        if (std::ranges::count(dropped, line.substr(0, line.find_first_of(" |\n"))) == 0)
            result += line;
    return result;
}

// A list of commands has a line for each.
static std::string without_commands(const std::string& text) {
    std::string result;
    for (const std::string& line : whole_lines(text)) {
        const auto begin = line.find_first_not_of(' ');
        const bool dropped =
            begin != line.npos &&
            std::ranges::any_of(commands_of_the_tree(), [&](const std::string& command) {
                return line.substr(begin).starts_with("./faultline " + command + " ");
            });
        result += dropped ? "" : line;
    }
    return result;
}

namespace {

// What an answer to an open question must say is its answer. One is a line.
static std::string without_rubrics(const std::string& text) {
    std::string kept;
    for (const std::string& line : whole_lines(text))
        if (line.find("\"rubric\": ") == std::string::npos)
            kept += line;
    return kept;
}

class Cutting {
public:
    Cutting(const Description& lab, fs::path tree, Cut cut)
        : lab_(lab), tree_(std::move(tree)), cut_(cut), files_(select(lab, tree_files(tree_))) {}

    void write(const fs::path& out) const {
        for (const fs::path& file : files_) {
            fs::create_directories((out / file).parent_path());
            faultline::write_file(out / file, text_of(file));
            fs::permissions(out / file, fs::status(tree_ / file).permissions());
        }
        faultline::write_file(out / "README.md", readme_of(lab_));
    }

private:
    // What stands for FILE in the tree.
    fs::path source_of(const fs::path& file) const {
        const fs::path solved = tree_ / "tests" / "labs" / lab_.name / "solution" / file;
        return cut_ == Cut::solution && fs::exists(solved) ? solved : tree_ / file;
    }

    std::string text_of(const fs::path& file) const {
        std::string text = faultline::read_file(source_of(file));
        if (file == "packages.txt")
            return without_packages(text, lab_);
        if (file == "tools/faultline/help.txt" || file == "docs/command.md")
            text = without_commands(text);
        if (file.filename() == "lab.json")
            return without_rubrics(text);
        if (file.extension() == ".md")
            return without_dead_links(text, file, [&](const fs::path& target) {
                return fs::exists(tree_ / target) && !is_in_kit(target);
            });
        if (!may_have_markers(file))
            return text;
        const Starter starter = [&](const std::string& hole) {
            return faultline::read_file(hole_file(lab_, hole));
        };
        return cut_text(text, lab_.number, file.string(),
                        cut_ == Cut::starter ? starter : Starter());
    }

    // A folder is there when some file of it is.
    bool is_in_kit(const fs::path& target) const {
        const std::string name = target.string();
        return name == "README.md" || std::ranges::any_of(files_, [&](const fs::path& file) {
                   const std::string at = file.string();
                   return at == name || at.starts_with(name + (name.ends_with('/') ? "" : "/"));
               });
    }

    const Description& lab_; // of the caller, who waits
    fs::path tree_;
    Cut cut_;
    std::vector<fs::path> files_;
};

} // namespace

void cut_tree(const Description& lab, const fs::path& tree, const fs::path& out, Cut cut) {
    if (fs::exists(out) && (!fs::is_directory(out) || !fs::is_empty(out)))
        throw Failure(Exit::usage, out.string() + " is there already, and not empty",
                      "Name a folder that is not there yet.");
    Cutting(lab, tree, cut).write(out);
}

} // namespace lab
