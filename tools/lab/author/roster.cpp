// Who takes a course, what comes late, and what a teacher decided: one JSON file.
// SPDX-License-Identifier: MIT
#include "roster.hpp"

#include "failure.hpp"
#include "start.hpp"
#include "text.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

namespace lab {

using Json = nlohmann::json;

static void know(const Json& object, const std::vector<std::string>& keys) {
    for (const auto& [key, value] : object.items())
        if (std::ranges::find(keys, key) == keys.end())
            throw std::runtime_error("unknown key " + key + "; there are " + faultline::join(keys));
}

const RosterStudent* Roster::find(std::string_view student) const {
    const auto found = std::ranges::find(students, student, &RosterStudent::student);
    return found == students.end() ? nullptr : &*found;
}

Roster parse_roster(const std::string& json, const std::string& where) {
    try {
        Roster roster;
        const Json all = Json::parse(json);
        know(all, {"version", "late", "students", "overrides"});
        if (all.at("version") != 1)
            throw std::runtime_error("version 1 is understood");
        if (const auto late = all.find("late"); late != all.end()) {
            know(*late, {"free_days", "percent_a_day", "most_days"});
            roster.free_days = late->value("free_days", 0U);
            roster.percent_a_day = late->value("percent_a_day", 0U);
            roster.most_days = late->value("most_days", 0U);
        }
        std::set<std::string> names;
        for (const auto& one : all.at("students")) {
            know(one, {"student", "name", "late_days"});
            roster.students.push_back({.student = one.at("student"),
                                       .name = one.value("name", ""),
                                       .late_days = one.value("late_days", 0U)});
            check_student(roster.students.back().student);
            if (!names.insert(roster.students.back().student).second)
                throw std::runtime_error(roster.students.back().student + " stands there twice");
        }
        for (const auto& one : all.value("overrides", Json::array())) {
            know(one, {"student", "task", "points", "why"});
            roster.overrides.push_back({.student = one.at("student"),
                                        .task = one.at("task"),
                                        .points = one.at("points"),
                                        .why = one.value("why", "")});
            if (!names.contains(roster.overrides.back().student))
                throw std::runtime_error("an override names " + roster.overrides.back().student +
                                         ", who is no student of the roster");
        }
        return roster;
    } catch (const faultline::Failure&) {
        throw;
    } catch (const std::exception& error) {
        throw faultline::Failure(faultline::Exit::usage, where + ": " + error.what(),
                                 "docs/grading.md has an example of a roster.");
    }
}

void apply_overrides(const Roster& roster, LabResult& result) {
    for (const auto& decided : roster.overrides)
        for (auto& task : result.tasks)
            if (decided.student == result.student && decided.task == task.task) {
                task.findings.push_back(
                    {.test = std::string(DECIDED),
                     .expected = std::to_string(decided.points) + " points",
                     .observed = "the machine gave " + std::to_string(task.points),
                     .hint = decided.why});
                task.points = std::min(decided.points, task.of);
            }
}

unsigned points_when_late(const Roster& roster, unsigned points, unsigned late_days) {
    if (roster.most_days != 0 && late_days > roster.most_days)
        return 0;
    const unsigned counted = late_days > roster.free_days ? late_days - roster.free_days : 0;
    const std::uint64_t lost =
        std::min<std::uint64_t>(std::uint64_t{counted} * roster.percent_a_day, 100);
    return static_cast<unsigned>(points * (100 - lost) / 100);
}

} // namespace lab
