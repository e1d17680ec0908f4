// Globs over what git tracks.
// SPDX-License-Identifier: MIT
#include "selection.hpp"

#include "failure.hpp"
#include "process.hpp"
#include "text.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace lab {

namespace fs = std::filesystem;
using faultline::Exit;
using faultline::Failure;
using Json = nlohmann::json;
using Words = std::vector<std::string>;

bool fits(std::string_view glob, std::string_view path) {
    if (glob.empty())
        return path.empty();
    if (glob.front() == '*') {
        const bool deep = glob.starts_with("**");
        const std::string_view rest = glob.substr(deep ? 2 : 1);
        for (std::size_t taken = 0;; ++taken) {
            if (fits(rest, path.substr(taken)))
                return true;
            if (taken == path.size() || (!deep && path[taken] == '/'))
                return false;
        }
    }
    if (path.empty())
        return false;
    const bool same = glob.front() == '?' ? path.front() != '/' : glob.front() == path.front();
    return same && fits(glob.substr(1), path.substr(1));
}

static std::vector<fs::path> tracked_files(const fs::path& tree) {
    const auto listed = faultline::capture(
        {"git", "-C", tree.string(), "ls-files", "-z", "--cached"}, std::chrono::seconds(60));
    if (listed.ended.status != 0 || listed.ended.signal != 0)
        throw Failure(Exit::missing, "git cannot list the files of " + tree.string(),
                      "Its message: " + listed.output);
    std::vector<fs::path> files;
    for (const std::string& name : faultline::split(listed.output, '\0'))
        if (!name.empty() && fs::is_regular_file(fs::symlink_status(tree / name)))
            files.emplace_back(name);
    return files;
}

static std::vector<fs::path> files_beside(const fs::path& tree) {
    std::vector<fs::path> files;
    for (fs::recursive_directory_iterator at(tree), end; at != end; ++at) {
        const std::string name = at->path().filename().string();
        if (at->is_directory() && (at.depth() == 0 && (name == "build" || name == ".cache")))
            at.disable_recursion_pending();
        else if (fs::is_regular_file(at->symlink_status()))
            files.push_back(at->path().lexically_relative(tree));
    }
    return files;
}

std::vector<fs::path> tree_files(const fs::path& tree) {
    auto files = fs::exists(tree / ".git") ? tracked_files(tree) : files_beside(tree);
    std::ranges::sort(files);
    return files;
}

static const Json& every_kit() {
    static const Json json = Json::parse(faultline::read_file(LAB_KIT_JSON));
    return json;
}

// Takes out of OPEN what some glob fits, and returns it.
static std::vector<fs::path> take(const Words& globs, std::vector<fs::path>& open,
                                  const Description& lab) {
    std::vector<fs::path> taken;
    std::vector<bool> is_taken(open.size());
    for (const std::string& glob : globs) {
        bool fits_some = false;
        for (std::size_t i = 0; i < open.size(); ++i)
            if (fits(glob, open[i].string()))
                fits_some = is_taken[i] = true;
        if (!fits_some)
            throw Failure(Exit::failed, lab.name + ": no file of the tree fits " + glob,
                          "It stands in its lab.json or in tools/lab/author/kit.json.");
    }
    std::vector<fs::path> rest;
    for (std::size_t i = 0; i < open.size(); ++i)
        (is_taken[i] ? taken : rest).push_back(open[i]);
    open = rest;
    return taken;
}

// What kit.json says beyond that of KIND, "with" or "packages", for the kernels of LAB.
static Words to_build(const Description& lab, const std::string& kind) {
    Words all;
    for (const std::string& kernel : lab.kernels)
        if (const Json& known = every_kit().at("to_build"); known.contains(kernel))
            for (const std::string word : known.at(kernel).at(kind))
                all.push_back(word);
    return all;
}

static void erase_all(Words& words, const Words& erased) {
    std::erase_if(words, [&](const auto& word) { return std::ranges::count(erased, word) != 0; });
}

std::vector<fs::path> select(const Description& lab, const std::vector<fs::path>& files) {
    Words with = every_kit().at("with");
    for (const std::string& kernel : lab.kernels)
        with.push_back("kernels/" + kernel + "/**");
    with.push_back("labs/" + lab.name + "/**");
    with.insert(with.end(), lab.with.begin(), lab.with.end());
    const Words needed = to_build(lab, "with");
    with.insert(with.end(), needed.begin(), needed.end());
    Words without = every_kit().at("without");
    erase_all(without, needed);
    without.insert(without.end(), lab.without.begin(), lab.without.end());
    auto open = files;
    const auto left_out = take(without, open, lab);
    return take(with, open, lab);
}

Words packages_not_of(const Description& lab) {
    Words packages = every_kit().at("packages");
    erase_all(packages, to_build(lab, "packages"));
    return packages;
}

Words commands_of_the_tree() { return every_kit().at("commands"); }

} // namespace lab
