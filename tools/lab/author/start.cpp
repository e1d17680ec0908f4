// Cuts a kit, says whose it is, and commits it.
// SPDX-License-Identifier: MIT
//
// The commit has a fixed author and date: the same tree, lab and student give the same commit.
#include "start.hpp"

#include "cases.hpp"
#include "cut.hpp"
#include "description.hpp"
#include "kit.hpp"

#include "commands.hpp"
#include "process.hpp"
#include "text.hpp"
#include "tree.hpp"
#include "visible.hpp"

#include <algorithm>

namespace lab {

namespace fs = std::filesystem;
using faultline::Exit;
using faultline::Failure;

static constexpr std::chrono::seconds PATIENCE{60};

std::string version_of(const fs::path& tree) {
    const auto said = faultline::capture(
        {"git", "-C", tree.string(), "describe", "--always", "--dirty", "--abbrev=12"}, PATIENCE);
    if (!fs::exists(tree / ".git") || said.ended.status != 0 || said.ended.signal != 0)
        return "unknown";
    return said.output.substr(0, said.output.find('\n'));
}

void check_student(const std::string& student) {
    const bool is_plain = std::ranges::all_of(student, [](unsigned char byte) {
        return std::isalnum(byte) || byte == '-' || byte == '_' || byte == '.' || byte == '@' ||
               byte == '+';
    });
    if (!is_plain || student.size() > 100 || student.starts_with('.') || student.starts_with('-'))
        throw Failure(Exit::usage, "a student cannot be called " + faultline::visible(student),
                      "Letters, digits and - _ . @ + may stand in it; it begins with none of - .");
}

// Neither the user's settings nor hooks take part.
static void git(const fs::path& folder, const std::vector<std::string>& words) {
    std::vector<std::string> command{"env",
                                     "GIT_CONFIG_GLOBAL=/dev/null",
                                     "GIT_CONFIG_NOSYSTEM=1",
                                     "GIT_AUTHOR_NAME=Faultline",
                                     "GIT_AUTHOR_EMAIL=faultline@localhost",
                                     "GIT_AUTHOR_DATE=2000-01-01T00:00:00Z",
                                     "GIT_COMMITTER_NAME=Faultline",
                                     "GIT_COMMITTER_EMAIL=faultline@localhost",
                                     "GIT_COMMITTER_DATE=2000-01-01T00:00:00Z",
                                     "git",
                                     "-C",
                                     folder.string()};
    command.insert(command.end(), words.begin(), words.end());
    const auto ran = faultline::capture(command, PATIENCE);
    if (ran.ended.status != 0 || ran.ended.signal != 0)
        throw Failure(Exit::failed, "git " + words.front() + " failed in " + folder.string(),
                      faultline::visible(ran.output));
}

static void commit(const fs::path& out, const Description& lab) {
    git(out, {"init", "--quiet", "--template=", "--initial-branch=main"});
    git(out, {"add", "--all", "--force"}); // what the tree tracks, a kit does
    git(out, {"commit", "--quiet", "--no-verify", "--message",
              "lab " + std::to_string(lab.number) + ": " + lab.title + ", as it was handed out"});
}

Exit start(const StartOptions& options) {
    const fs::path top = faultline::Tree::here().top;
    const Description lab = find_lab(top, options.lab);
    check_student(options.student);
    const fs::path out = fs::absolute(options.out).lexically_normal();
    cut_tree(lab, top, out, Cut::starter);
    faultline::write_file(kit_file(out), kit_json({.lab = lab.name,
                                                   .student = options.student,
                                                   .seed = seed_of(lab.name, options.student),
                                                   .version = version_of(top)}));
    const auto cases = cases_of(lab, seed_of(lab.name, options.student), Shown::visible);
    if (!cases.empty())
        faultline::write_file(out / "labs" / lab.name / "cases.json", cases_json(cases));
    commit(out, lab);
    faultline::print("Lab " + std::to_string(lab.number) + ", " + lab.title + ", is in " +
                     out.string() + (options.student.empty() ? "" : ", for " + options.student) +
                     ".\nRead labs/" + lab.name + "/handout.md there, then:\n\n    cd " +
                     faultline::shell_quoted(options.out) + "\n    ./faultline run " +
                     lab.kernels.front() + " hello\n    ./faultline lab check\n");
    return Exit::done;
}

} // namespace lab
