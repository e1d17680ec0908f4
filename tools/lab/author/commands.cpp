// What only the tree can do: hand out labs.
// SPDX-License-Identifier: MIT
#include "bundle.hpp"
#include "cases.hpp"
#include "check.hpp"
#include "grade_command.hpp"
#include "lab_command.hpp"
#include "start.hpp"
#include "validate.hpp"

#include "tree.hpp"

#include <memory>

namespace lab {

std::vector<Case> made_cases(const Description& lab) { return cases_of(lab, 0, Shown::visible); }

static void add_start(CLI::App& lab, Chosen& chosen) {
    auto options = std::make_shared<StartOptions>();
    auto* command = lab.add_subcommand("start", "Make a student's kit of a lab");
    command->add_option("lab", options->lab, "Its name or its number (./faultline lab list)")
        ->required();
    command->add_option("--out", options->out, "The folder to make")->required();
    command->add_option("--student", options->student,
                        "Whose kit it is: numbers and addresses in it are this student's");
    command->callback([options, &chosen] { chosen = [options] { return start(*options); }; });
}

static void add_bundle(CLI::App& lab, Chosen& chosen) {
    auto options = std::make_shared<BundleOptions>();
    auto* command = lab.add_subcommand("bundle", "Make a file that Gradescope grades a lab by");
    command->add_option("lab", options->lab, "Its name or its number")->required();
    command->add_option("--out", options->out, "The file to make, .zip")->required();
    command->add_flag("--shared", options->is_shared,
                      "All students have the same kit, that without --student");
    command->callback([options, &chosen] {
        chosen = [options] { return bundle(*options, faultline::Tree::here().top); };
    });
}

static void add_validate(CLI::App& lab, Chosen& chosen) {
    auto options = std::make_shared<ValidateOptions>();
    auto* command = lab.add_subcommand("validate", "Does a lab mark as its author says?");
    command->add_option("lab", options->lab, "Its name or its number")->required();
    command->add_option("only", options->only,
                        "Only these: kit, solution, starter, or names of wrong solutions");
    command->add_option("--student", options->student, "With the numbers of this student's kit");
    command
        ->add_option("--times", options->times,
                     "How often the solution is handed in: all its results must be the same")
        ->check(CLI::Range(1, 10'000));
    command->add_flag("--no-sandbox", options->no_sandbox, "Grade without one");
    command->callback([options, &chosen] { chosen = [options] { return validate(*options); }; });
}

void add_author_commands(CLI::App& lab, Chosen& chosen) {
    add_start(lab, chosen);
    add_bundle(lab, chosen);
    add_validate(lab, chosen);
}

void add_grade(CLI::App& app, Chosen& chosen) {
    auto options = std::make_shared<GradeOptions>();
    auto* command = app.add_subcommand("grade", "Points for what a student handed in");
    command->add_option("lab", options->lab, "Its name or its number (./faultline lab list)")
        ->required();
    command->add_option("submission", options->submission, "The folder that was handed in");
    command->add_option("--student", options->student,
                        "Whose it is: the tests' numbers and addresses are this student's");
    command->add_option("--metadata", options->metadata,
                        "Or Gradescope's submission_metadata.json, which says whose it is");
    command->add_option("--json", options->json,
                        "Also write JSON (docs/grading.md); - for only JSON");
    command->add_flag("--prepare", options->only_prepare,
                      "Only make what the first submission would have to wait for");
    command->add_option("--junit", options->junit, "Also write JUnit XML to this file");
    command->add_option("--gradescope", options->gradescope,
                        "Also write Gradescope's results.json to this file");
    command->add_option("--all", options->all,
                        "Grade every folder in this one; each is called as its student is");
    command->add_option("-j", options->at_a_time,
                        "How many at a time: submissions, or of one submission its compilers");
    command->add_option("--out", options->out,
                        "With --all: where results go (else the folder's name and -grades)");
    command->add_option("--roster", options->roster,
                        "With --all: names, late days, a teacher's points (docs/grading.md)");
    command->add_flag("--as-student", options->as_student,
                      "Of hidden tests show names and hints only");
    command->add_flag("--no-sandbox", options->no_sandbox,
                      "Run a stranger's work with nothing between it and this machine");
    command->callback(
        [options, &chosen] { chosen = [options] { return grade_command(*options); }; });
}

} // namespace lab
