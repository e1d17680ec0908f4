// Grades a class: every folder of a folder, some at a time.
// SPDX-License-Identifier: MIT
#include "grade_all.hpp"

#include "class_report.hpp"
#include "grade.hpp"
#include "result_formats.hpp"
#include "roster.hpp"
#include "start.hpp"
#include "submission.hpp"

#include "commands.hpp"
#include "process.hpp"
#include "progress.hpp"
#include "text.hpp"
#include "tree.hpp"
#include "visible.hpp"

#include <algorithm>
#include <cstdio>
#include <set>
#include <thread>

namespace lab {

namespace fs = std::filesystem;
using faultline::Exit;
using faultline::Failure;

namespace {

constexpr std::chrono::minutes LONGEST{30}; // of one submission; its own limits come long before

struct Running {
    std::string student;
    faultline::Process process;
    std::chrono::steady_clock::time_point deadline;
};

class Class {
public:
    explicit Class(const ClassRequest& request)
        : request_(request), lab_(find_lab(faultline::Tree::here().top, request.lab)) {
        if (!request.roster.empty())
            roster_ = parse_roster(faultline::read_file(request.roster), request.roster.string());
        if (!fs::is_directory(request.submissions))
            throw Failure(Exit::usage,
                          faultline::visible(request.submissions.string()) + " is no folder",
                          "Name the folder that holds a folder for each student.");
        fs::create_directories(request.out);
        tree_ = version_of(faultline::Tree::here().top);
    }

    Exit run() {
        std::set<std::string> students;
        for (const auto& entry : fs::directory_iterator(request_.submissions))
            if (entry.is_directory() && !entry.is_symlink())
                students.insert(entry.path().filename().string());
        for (const auto& student : students)
            if (const auto bad = problem_of_name(student); !bad.empty())
                notes_[student] = bad;
            else if (!is_done(student))
                waiting_.push_back(student);
        kept_ = students.size() - waiting_.size() - notes_.size();
        all_ = students.size();
        // Once, and not in each of them.
        prepare({.lab = lab_.name, .no_sandbox = request_.no_sandbox});
        work();
        report(students);
        return Exit::done;
    }

private:
    static std::string problem_of_name(const std::string& student) {
        try {
            check_student(student);
            return "";
        } catch (const Failure& failure) {
            return failure.what();
        }
    }

    fs::path file(const std::string& student, const char* ending) const {
        return request_.out / (student + ending);
    }

    // A result of the same files by the same tree is there.
    bool is_done(const std::string& student) const {
        try {
            if (!fs::exists(file(student, ".json")))
                return false;
            const auto result = parse_result(faultline::read_file(file(student, ".json")), student);
            const auto now = take_submission(request_.submissions / student, lab_.files);
            return result.lab == lab_.name && result.submission == submission_hash(now) &&
                   result.versions.at("tree") == tree_;
        } catch (const std::exception&) {
            return false;
        }
    }

    void start(const std::string& student) {
        const unsigned processors = std::max(1U, std::thread::hardware_concurrency());
        const unsigned each = std::max(1U, processors / request_.at_a_time);
        for (const char* ending : {".json", ".txt", ".log"})
            fs::remove(file(student, ending));
        std::vector<std::string> command = {fs::read_symlink("/proc/self/exe"),
                                            "grade",
                                            lab_.name,
                                            fs::absolute(request_.submissions / student),
                                            "--student",
                                            student,
                                            "--json",
                                            fs::absolute(file(student, ".json")),
                                            "-j",
                                            std::to_string(each)};
        if (request_.no_sandbox)
            command.emplace_back("--no-sandbox");
        running_.push_back({student,
                            faultline::Process({.command = std::move(command),
                                                .input = "/dev/null",
                                                .output = file(student, ".txt"),
                                                .errors = file(student, ".log"),
                                                .group = faultline::Group::own}),
                            std::chrono::steady_clock::now() + LONGEST});
    }

    bool is_over(Running& one) {
        if (const auto ended = one.process.poll()) {
            if (ended->status != 0 || ended->signal != 0 || !fs::exists(file(one.student, ".json")))
                notes_[one.student] =
                    "could not be graded: " +
                    (ended->signal != 0 ? "ended by signal " + std::to_string(ended->signal)
                                        : last_words(one.student));
            return true;
        }
        if (std::chrono::steady_clock::now() < one.deadline)
            return false;
        one.process.stop();
        notes_[one.student] = "could not be graded: it took longer than " +
                              std::to_string(LONGEST.count()) + " minutes";
        return true;
    }

    std::string last_words(const std::string& student) const {
        std::error_code none;
        const auto log = file(student, ".log");
        return fs::exists(log, none) ? faultline::last_lines(faultline::read_file(log), 2) : "";
    }

    void work() {
        faultline::Progress progress;
        std::size_t next = 0, done = kept_ + notes_.size();
        while (next < waiting_.size() || !running_.empty()) {
            while (next < waiting_.size() && running_.size() < request_.at_a_time)
                start(waiting_[next++]);
            std::string names;
            for (const auto& one : running_)
                names += (names.empty() ? "" : ", ") + one.student;
            progress.show(bar(done) + " " + std::to_string(done) + " of " + std::to_string(all_) +
                          ", now " + names);
            faultline::wait_for_event(std::chrono::milliseconds(300));
            done += std::erase_if(running_, [&](Running& one) { return is_over(one); });
        }
    }

    std::string bar(std::size_t done) const {
        constexpr std::size_t width = 20;
        const std::size_t full = all_ == 0 ? width : done * width / all_;
        return "[" + std::string(full, '#') + std::string(width - full, '.') + "]";
    }

    ClassRow row_of(const std::string& student, bool handed_in) {
        ClassRow row{.student = student};
        if (const auto* known = roster_.find(student)) {
            row.name = known->name;
            row.late_days = known->late_days;
        } else if (!request_.roster.empty()) {
            row.note = "not on the roster";
        }
        if (!handed_in)
            row.note = "not handed in";
        else if (const auto note = notes_.find(student); note != notes_.end())
            row.note = note->second;
        else {
            row.result =
                parse_result(faultline::read_file(file(student, ".json")), student + ".json");
            apply_overrides(roster_, *row.result);
            row.final_points = points_when_late(roster_, row.result->points(), row.late_days);
        }
        return row;
    }

    void report(std::set<std::string> students) {
        std::vector<ClassRow> rows;
        const std::set<std::string> handed_in = students;
        for (const auto& student : roster_.students)
            students.insert(student.student);
        rows.reserve(students.size());
        for (const auto& student : students)
            rows.push_back(row_of(student, handed_in.contains(student)));
        faultline::replace_file(request_.out / "class.csv", class_csv(lab_, rows));
        faultline::replace_file(request_.out / "class.html", class_html(lab_, rows));
        std::string text;
        for (const auto& row : rows) {
            std::string line = faultline::visible(row.student);
            line.resize(std::max<std::size_t>(line.size(), 24), ' ');
            text += line + "  " +
                    (row.result
                         ? std::to_string(row.final_points) + " of " + std::to_string(lab_.points())
                         : std::string("-")) +
                    (row.note.empty() ? "" : "  " + faultline::visible(row.note)) + "\n";
        }
        faultline::print(text + "\n" + std::to_string(handed_in.size()) + " handed in, " +
                         std::to_string(kept_) + " of them graded before, " +
                         std::to_string(notes_.size()) + " could not be graded.\nThe table is in " +
                         (request_.out / "class.html").string() + " and class.csv.\n");
    }

    const ClassRequest& request_;
    Description lab_;
    Roster roster_{};
    std::string tree_{};
    std::vector<std::string> waiting_{};
    std::vector<Running> running_{};
    std::map<std::string, std::string> notes_{}; // why there is no result
    std::size_t kept_ = 0;
    std::size_t all_ = 0;
};

} // namespace

Exit grade_all(const ClassRequest& request) { return Class(request).run(); }

} // namespace lab
