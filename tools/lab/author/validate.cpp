// Hands in a solution, a starter and every wrong solution, and compares the marks.
// SPDX-License-Identifier: MIT
#include "validate.hpp"

#include "cut.hpp"
#include "grade.hpp"
#include "kit.hpp"
#include "leak.hpp"
#include "replacement_cases.hpp"
#include "result_formats.hpp"

#include "commands.hpp"
#include "progress.hpp"
#include "scratch.hpp"
#include "text.hpp"
#include "tree.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace lab {

namespace fs = std::filesystem;
using faultline::Exit;
using faultline::Failure;
using Words = std::vector<std::string>;

static std::string in_one(const Finding& finding) {
    return finding.test + ": expected " + finding.expected + "; observed " + finding.observed +
           (finding.hint.empty() ? "" : "; " + finding.hint);
}

static Words refusals(const LabResult& result) {
    Words amiss;
    for (const Finding& finding : result.refused)
        amiss.push_back("refused: " + in_one(finding));
    if (!result.build.empty())
        amiss.push_back("the compiler says: " + result.build);
    return amiss;
}

Words amiss_of_solution(const LabResult& result) {
    Words amiss = refusals(result);
    for (const TaskResult& task : result.tasks) {
        if (task.points != task.of)
            amiss.push_back("task " + task.task + " has " + std::to_string(task.points) + " of " +
                            std::to_string(task.of) + " points");
        for (const Finding& finding : task.findings)
            amiss.push_back("task " + task.task + ", " + in_one(finding));
    }
    return amiss;
}

Words amiss_of_starter(const LabResult& result) {
    Words amiss = refusals(result);
    for (const TaskResult& task : result.tasks) {
        if (task.points != 0)
            amiss.push_back("task " + task.task + " has " + std::to_string(task.points) +
                            " points for nothing");
        if (task.findings.empty())
            amiss.push_back("task " + task.task + " says nothing of why it has no points");
    }
    return amiss;
}

static bool says(const std::vector<Finding>& findings, const std::string& words) {
    return std::ranges::any_of(findings, [&](const Finding& finding) {
        return in_one(finding).find(words) != std::string::npos;
    });
}

Words amiss_of_wrong(const LabResult& result, const WrongSolution& wrong) {
    Words amiss;
    bool said = says(result.refused, wrong.says) ||
                result.build.find(wrong.says) != Words::value_type::npos;
    std::string messages;
    for (const TaskResult& task : result.tasks) {
        const auto found = wrong.loses.find(task.task);
        const unsigned should = found == wrong.loses.end() ? 0 : found->second;
        if (task.of - task.points != should)
            amiss.push_back("task " + task.task + " loses " +
                            std::to_string(task.of - task.points) + " points, not " +
                            std::to_string(should));
        said = said || (should > 0 && says(task.findings, wrong.says));
        for (const Finding& finding : task.findings)
            messages += "\n    task " + task.task + ", " + in_one(finding);
    }
    for (const Finding& finding : result.refused)
        messages += "\n    refused: " + in_one(finding);
    if (wrong.loses.empty() || wrong.says.empty())
        amiss.push_back("its file does not say what it loses, and which words name the cause");
    else if (!said)
        amiss.push_back("no message of a task that it loses says: " + wrong.says);
    if (!amiss.empty() && !messages.empty())
        amiss.push_back("what was said:" + messages);
    return amiss;
}

static nlohmann::json without_time(const LabResult& result) {
    auto json = nlohmann::json::parse(result_json(result));
    json.erase("when");
    return json;
}

Words amiss_of_again(const LabResult& first, const LabResult& again) {
    Words amiss = amiss_of_solution(again);
    for (const auto& change : nlohmann::json::diff(without_time(first), without_time(again)))
        amiss.push_back("its result is not that of the first time, in " +
                        change.at("path").get<std::string>());
    return amiss;
}

namespace {

class Validation {
public:
    Validation(Description lab, const ValidateOptions& options)
        : lab_(std::move(lab)), options_(options) {
        cut_tree(lab_, top_, solution_, Cut::solution);
        answer_as(options.student);
        cut_tree(lab_, top_, starter_, Cut::starter);
    }

    Exit run() {
        const Words wrong = wrong_names(lab_, top_);
        check_names(wrong);
        step("kit", [&] { return amiss_of_kit(); });
        step("solution", [&] { return amiss_of_solutions(); });
        step("starter", [&] { return amiss_of_starter(grade_of(starter_)); });
        for (const std::string& name : wrong)
            step(name, [&] { return amiss_of(read_wrong(lab_, top_, name)); });
        faultline::print(std::to_string(good_) + " as they should be, " + std::to_string(bad_) +
                         " not\n");
        return bad_ == 0 ? Exit::done : Exit::failed;
    }

private:
    void check_names(const Words& wrong) const {
        Words known{"kit", "solution", "starter"};
        known.insert(known.end(), wrong.begin(), wrong.end());
        for (const std::string& name : options_.only)
            if (std::ranges::count(known, name) == 0)
                throw Failure(Exit::usage, lab_.name + " has no wrong solution " + name,
                              faultline::suggestion(name, known));
    }

    // Lab 3's answers are not those of another kit.
    void answer_as(const std::string& student) const {
        if (lab_.number != 3 || student.empty())
            return;
        const auto sandbox = make_sandbox(SandboxKind::none);
        const faultline::Scratch scratch;
        Runner runner(*sandbox, scratch.path());
        faultline::write_file(solution_ / "labs" / lab_.name / "answers.txt",
                              replacement_answers(seed_of(lab_.name, student),
                                                  {top_, faultline::Tree::here().guest("release")},
                                                  runner));
    }

    template <class Look>
    void step(const std::string& name, Look look) {
        if (!options_.only.empty() && std::ranges::count(options_.only, name) == 0)
            return;
        Words amiss;
        try {
            amiss = look();
        } catch (const Failure& failure) {
            amiss = {failure.what(), failure.next()};
        }
        std::string text = (amiss.empty() ? "ok    " : "AMISS ") + name + "\n";
        for (const std::string& what : amiss)
            text += "  " + what + "\n";
        faultline::print(text);
        (amiss.empty() ? good_ : bad_) += 1;
    }

    Words amiss_of_kit() const {
        Words amiss;
        for (const Leak& leak : leaks(lab_, top_, starter_))
            amiss.push_back(leak.file.string() + " has of hole " + leak.hole + ": " + leak.text);
        return amiss;
    }

    // Full marks each time, and the same in each word.
    Words amiss_of_solutions() const {
        const LabResult first = grade_of(solution_);
        Words amiss = amiss_of_solution(first);
        unsigned times = 1;
        while (times < options_.times && amiss.empty()) {
            ++times;
            amiss = amiss_of_again(first, grade_of(solution_));
        }
        if (!amiss.empty() && times > 1)
            amiss.insert(amiss.begin(), "handed in for time " + std::to_string(times));
        return amiss;
    }

    Words amiss_of(const WrongSolution& wrong) const {
        const faultline::Scratch scratch;
        copy_files(scratch.path());
        make_wrong(scratch.path(), wrong);
        return amiss_of_wrong(grade_of(scratch.path()), wrong);
    }

    LabResult grade_of(const fs::path& submission) const {
        faultline::Progress progress;
        auto result = grade({.lab = lab_.name,
                             .submission = submission,
                             .student = options_.student,
                             .no_sandbox = options_.no_sandbox},
                            [&](const std::string& words) { progress.show(words); });
        progress.show("");
        return result;
    }

    // What the student of the solution hands in.
    void copy_files(const fs::path& to) const {
        for (const fs::path& file : lab_.files)
            if (fs::exists(solution_ / file)) {
                fs::create_directories((to / file).parent_path());
                faultline::write_file(to / file, faultline::read_file(solution_ / file));
            }
    }

    fs::path top_ = faultline::Tree::here().top;
    Description lab_;
    const ValidateOptions& options_; // of the caller, who waits
    faultline::Scratch scratch_{};
    fs::path solution_ = scratch_.path() / "solution";
    fs::path starter_ = scratch_.path() / "starter";
    unsigned good_ = 0;
    unsigned bad_ = 0;
};

} // namespace

Exit validate(const ValidateOptions& options) {
    return Validation(find_lab(faultline::Tree::here().top, options.lab), options).run();
}

} // namespace lab
