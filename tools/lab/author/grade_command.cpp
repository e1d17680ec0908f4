// `./faultline grade`: one submission, or all of a folder.
// SPDX-License-Identifier: MIT
#include "grade_command.hpp"

#include "grade.hpp"
#include "result_formats.hpp"

#include "commands.hpp"
#include "observation.hpp"
#include "progress.hpp"
#include "text.hpp"

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

static Exit grade_one(const GradeOptions& options) {
    LabResult result;
    {
        faultline::Progress progress;
        result = grade({.lab = options.lab,
                        .submission = options.submission,
                        .student = options.student,
                        .no_sandbox = options.no_sandbox},
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

Exit grade_command(const GradeOptions& options) {
    if (options.submission.empty())
        throw Failure(Exit::usage, "no submission is named",
                      "Name the folder that a student handed in, or a folder of them after --all.");
    return grade_one(options);
}

} // namespace lab
