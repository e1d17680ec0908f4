// A lab's grader as a file that Gradescope imports: `./faultline lab bundle`.
// SPDX-License-Identifier: MIT
#include "bundle.hpp"

#include "compiler_messages.hpp"
#include "description.hpp"

#include "commands.hpp"
#include "process.hpp"
#include "scratch.hpp"
#include "text.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

namespace lab {

namespace fs = std::filesystem;
using faultline::Exit;
using faultline::Failure;
using Words = std::vector<std::string>;

static std::string run(const Words& command, const std::string& next) {
    const auto ran = faultline::capture(command, std::chrono::minutes(5));
    if (ran.ended.status != 0 || ran.ended.signal != 0)
        throw Failure(Exit::failed, command.front() + " failed: " + ran.output, next);
    return ran.output;
}

static void add_script(const fs::path& folder, const std::string& name, const std::string& lab,
                       const std::string& who) {
    std::string text = faultline::read_file(fs::path(LAB_GRADESCOPE) / name);
    text = replaced(replaced(text, "@LAB@", lab), "@WHO@", who);
    faultline::write_file(folder / name, text);
    fs::permissions(folder / name, fs::perms(0755));
}

Exit bundle(const BundleOptions& options, const fs::path& top) {
    const Description lab = find_lab(top, options.lab);
    const fs::path out = fs::absolute(options.out).lexically_normal();
    if (out.extension() != ".zip")
        throw Failure(Exit::usage, "Gradescope wants a file .zip", "--out lab.zip");
    if (fs::exists(out))
        throw Failure(Exit::usage, out.string() + " exists", "Remove it, or name another.");
    const std::string next = "A bundle is made of a commit: ./faultline must stand in a git clone.";
    const auto changes =
        run({"git", "-C", top.string(), "status", "--porcelain", "--untracked-files=no"}, next);
    if (!changes.empty())
        throw Failure(Exit::usage, "the tree has changes that are not committed",
                      "A regrade must find what graded: commit them.");
    const faultline::Scratch scratch;
    const auto tree = scratch.path() / "tree";
    const auto source = scratch.path() / "source";
    fs::create_directories(source);
    run({"git", "clone", "--quiet", "--depth", "1", "file://" + top.string(), tree.string()}, next);
    run({"git", "-C", tree.string(), "remote", "remove", "origin"}, next);
    const auto archive = source / "faultline.tar.gz";
    run({"tar", "-czf", archive.string(), "-C", tree.string(), "."}, "Is there room on the disk?");
    add_script(source, "setup.sh", lab.name, "");
    add_script(source, "run_autograder", lab.name,
               options.is_shared ? "" : "--metadata /autograder/submission_metadata.json");
    run({"cmake", "-E", "chdir", source.string(), "cmake", "-E", "tar", "cf", out.string(),
         "--format=zip", "setup.sh", "run_autograder", "faultline.tar.gz"},
        "Is there room on the disk?");
    faultline::print("Gradescope imports " + out.string() +
                     " (Configure Autograder, \"Zip file upload\").\nA student there is " +
                     (options.is_shared ? "anybody: all have the kit without --student."
                                        : "an e-mail address: the kit's --student must be it.") +
                     "\n");
    return Exit::done;
}

std::string student_of_metadata(std::string_view json, const fs::path& file) {
    const auto all = nlohmann::json::parse(json, nullptr, false);
    std::vector<std::string> students;
    if (all.is_object() && all.contains("users") && all["users"].is_array())
        for (const auto& user : all["users"])
            if (user.is_object() && user.contains("email") && user["email"].is_string())
                students.push_back(user["email"].get<std::string>());
    if (students.empty())
        throw Failure(Exit::usage, file.string() + " names no student",
                      "Gradescope's submission_metadata.json has users, each with an email.");
    return *std::ranges::min_element(students);
}

} // namespace lab
