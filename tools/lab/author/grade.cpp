// Grades one submission of a lab.
// SPDX-License-Identifier: MIT
#include "grade.hpp"

#include "cases.hpp"
#include "description.hpp"
#include "judge.hpp"
#include "kit.hpp"
#include "pristine.hpp"
#include "start.hpp"
#include "student_build.hpp"
#include "submission.hpp"

#include "failure.hpp"
#include "machine.hpp"
#include "process.hpp"
#include "scratch.hpp"
#include "text.hpp"
#include "tree.hpp"
#include "visible.hpp"

#include <algorithm>
#include <cstdio>
#include <sys/stat.h>
#include <thread>

namespace lab {

namespace fs = std::filesystem;

namespace {

std::unique_ptr<Sandbox> sandbox_for(const GradeRequest& request) {
    if (!request.no_sandbox && !request.kind)
        return find_sandbox();
    auto sandbox = make_sandbox(request.no_sandbox ? SandboxKind::none : *request.kind);
    sandbox->try_it();
    return sandbox;
}

std::string first_line(const std::vector<std::string>& command) {
    const auto said = faultline::capture(command, std::chrono::seconds(20));
    return said.output.substr(0, said.output.find('\n'));
}

void add_without_points(const Description& lab, LabResult& result) {
    for (const auto& task : lab.tasks)
        if (std::ranges::find(result.tasks, task.id, &TaskResult::task) == result.tasks.end())
            result.tasks.push_back({.task = task.id, .title = task.title, .of = task.points});
    for (const auto& hand : lab.by_hand)
        result.by_hand.push_back({hand.question, hand.rubric, hand.points});
}

std::vector<Finding> notes_of(const Submission& submission, const StudentBuild& built) {
    std::vector<Finding> notes = submission.refused;
    for (const auto& file : submission.missing)
        notes.push_back({.test = file.string(),
                         .expected = "a file of the submission",
                         .observed = "it was not handed in; the starter's was taken"});
    notes.insert(notes.end(), built.replaced.begin(), built.replaced.end());
    return notes;
}

} // namespace

// `./faultline grade` builds the kernels themselves only for a lab that measures them.
static void build_kernels(const Description& lab) {
    const auto tree = faultline::Tree::here();
    if (std::ranges::all_of(lab.kernels, [&](const std::string& kernel) {
            return fs::exists(tree.guest("release") / (kernel + ".elf"));
        }))
        return;
    std::fputs("Building the kernels, once; it takes some minutes ...\n", stderr);
    const auto ran =
        faultline::capture({"cmake", "--build", tree.build.string(), "--target", "guest-release"},
                           std::chrono::minutes(60));
    if (ran.ended.status != 0 || ran.ended.signal != 0)
        throw faultline::Failure(faultline::Exit::failed,
                                 "the kernels cannot be built:\n" +
                                     faultline::last_lines(ran.output, 20),
                                 "./faultline compare says more.");
}

// Nothing of the student's is built or run.
static LabResult grade_questions(const Description& lab, const Lab& questions,
                                 const Submission& submission) {
    std::string answers;
    for (const auto& [file, text] : submission.files)
        answers += text;
    build_kernels(lab);
    LabResult result = judge_questions(lab, questions, answers);
    add_without_points(lab, result);
    result.notes = notes_of(submission, {});
    return result;
}

LabResult grade(const GradeRequest& request,
                const std::function<void(const std::string&)>& progress) {
    const auto top = faultline::Tree::here().top;
    const Description lab = find_lab(top, request.lab);
    check_student(request.student);
    const auto submission = take_submission(request.submission, lab.files);
    if (const auto questions = questions_of(lab)) {
        LabResult result = grade_questions(lab, *questions, submission);
        result.student = request.student;
        result.seed = seed_of(lab.name, request.student);
        result.versions = {{"tree", version_of(top)}};
        return result;
    }
    const auto sandbox = sandbox_for(request);
    const auto pristine = pristine_tree(lab, top);
    const faultline::Scratch scratch;
    chmod(scratch.path().c_str(), 0711); // a job's user has to pass, and sees no names
    const auto built = build_student(
        pristine.plan, submission,
        {.sandbox = *sandbox,
         .folder = scratch.path(),
         .images = pristine.images,
         .at_a_time = request.at_a_time != 0 ? request.at_a_time
                                             : std::max(1U, std::thread::hardware_concurrency()),
         .progress = progress,
         .with_holes = pristine.with_holes,
         .frames = frames_of(lab, top)});
    const std::uint64_t seed = seed_of(lab.name, request.student);
    LabResult result{.lab = lab.name};
    if (built.is_whole) {
        const auto machines = scratch.path() / "machines";
        fs::create_directory(machines);
        Runner runner(*sandbox, machines);
        result = judge(lab, built.tree, all_cases(lab, seed), runner, progress);
    }
    add_without_points(lab, result);
    result.student = request.student;
    result.seed = seed;
    result.submission = submission_hash(submission);
    result.refused = built.refused;
    result.notes = notes_of(submission, built);
    result.build = built.messages;
    result.images = built.images;
    result.versions = {{"tree", version_of(top)},
                       {"compiler", pristine.compiler},
                       {"qemu", first_line({faultline::find_qemu().string(), "--version"})}};
    result.sandbox = to_words(sandbox->kind());
    result.enforced = sandbox->enforced().words();
    return result;
}

void prepare(const GradeRequest& request) {
    const auto top = faultline::Tree::here().top;
    const Description lab = find_lab(top, request.lab);
    if (questions_of(lab))
        return build_kernels(lab);
    static_cast<void>(sandbox_for(request));
    static_cast<void>(pristine_tree(lab, top));
}

} // namespace lab
