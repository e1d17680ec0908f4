// `./faultline grade`: one submission, or all of a folder.
// SPDX-License-Identifier: MIT
#include "grade_command.hpp"

#include "bundle.hpp"
#include "grade.hpp"
#include "grade_all.hpp"
#include "result_formats.hpp"

#include "commands.hpp"
#include "observation.hpp"
#include "progress.hpp"
#include "text.hpp"

#include <algorithm>
#include <filesystem>
#include <thread>
#include <unistd.h>

namespace lab {

using faultline::Exit;
using faultline::Failure;

static void write_files(const GradeOptions& options, const LabResult& result) {
    if (!options.json.empty() && options.json != "-")
        faultline::replace_file(options.json, result_json(result));
    if (!options.junit.empty())
        faultline::replace_file(options.junit, result_junit(result));
    if (!options.gradescope.empty())
        faultline::replace_file(options.gradescope, result_gradescope(result));
}

static std::string student_of(const GradeOptions& options) {
    if (options.metadata.empty())
        return options.student;
    if (!options.student.empty())
        throw Failure(Exit::usage, "--student and --metadata both say whose it is",
                      "Leave out one of them.");
    return student_of_metadata(faultline::read_file(options.metadata), options.metadata);
}

static Exit grade_one(const GradeOptions& options) {
    LabResult result;
    {
        faultline::Progress progress;
        result = grade({.lab = options.lab,
                        .submission = options.submission,
                        .student = student_of(options),
                        .no_sandbox = options.no_sandbox,
                        .at_a_time = options.at_a_time},
                       [&](const std::string& words) { progress.show(words); });
    }
    write_files(options, result);
    const auto reader = options.as_student ? Reader::student : Reader::teacher;
    faultline::print(options.json == "-" ? result_json(result)
                                         : result_text(result, reader,
                                                       faultline::width_of_stream(
                                                           STDOUT_FILENO, faultline::TEXT_WIDTH)));
    return Exit::done;
}

static Exit grade_class(const GradeOptions& options) {
    if (!options.submission.empty() || !options.student.empty() || !options.metadata.empty() ||
        !options.json.empty() || !options.junit.empty() || !options.gradescope.empty())
        throw Failure(Exit::usage, "with --all the students' own folders are graded",
                      "Leave out the submission, --student, --metadata, --json, --junit and "
                      "--gradescope; results go to the folder after --out.");
    std::string out = options.out;
    if (out.empty())
        out = (std::filesystem::absolute(options.all) / "").parent_path().string() + "-grades";
    return grade_all({.lab = options.lab,
                      .submissions = options.all,
                      .out = out,
                      .roster = options.roster,
                      .at_a_time = std::max(1U, options.at_a_time),
                      .no_sandbox = options.no_sandbox});
}

// A run that is slowed too much by others looks like one that sleeps for ever.
static void check_at_a_time(const GradeOptions& options) {
    const unsigned most = 2 * std::max(1U, std::thread::hardware_concurrency());
    if (!options.all.empty() && options.at_a_time > most)
        throw Failure(Exit::usage,
                      "-j " + std::to_string(options.at_a_time) +
                          " at a time are too many for this machine's processors",
                      "At most -j " + std::to_string(most) +
                          ": behind the limits in instructions stands a clock.");
}

Exit grade_command(const GradeOptions& options) {
    check_at_a_time(options);
    if (options.only_prepare) {
        prepare({.lab = options.lab, .no_sandbox = options.no_sandbox});
        return Exit::done;
    }
    if (!options.all.empty())
        return grade_class(options);
    if (!options.out.empty() || !options.roster.empty())
        throw Failure(Exit::usage, "--out and --roster go with --all",
                      "One submission's result goes to the file after --json.");
    if (options.submission.empty())
        throw Failure(Exit::usage, "no submission is named",
                      "Name the folder that a student handed in, or a folder of them after --all.");
    return grade_one(options);
}

} // namespace lab
