// Who takes a course, what comes late, and what a teacher decided: one JSON file.
// SPDX-License-Identifier: MIT
//
// docs/grading.md describes it. For grade_all.cpp and class_report.cpp.
#pragma once

#include "result.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace lab {

struct RosterStudent {
    std::string student; // as the folder is called, and as `lab start --student` was told
    std::string name{};
    unsigned late_days = 0;
};

struct Override {
    std::string student;
    std::string task;
    unsigned points = 0;
    std::string why{};
};

struct Roster {
    std::vector<RosterStudent> students{};
    std::vector<Override> overrides{};
    unsigned free_days = 0;     // late days that cost nothing
    unsigned percent_a_day = 0; // of the points, for each day behind those
    unsigned most_days = 0;     // later than so many: no points; 0: no such limit

    const RosterStudent* find(std::string_view student) const;
};

// Throws a Failure that names WHERE and what is wrong: a key that nobody knows, too.
Roster parse_roster(const std::string& json, const std::string& where);

// Points after overrides, and what is left of them for LATE days.
// What a finding of apply_overrides is called.
inline constexpr std::string_view DECIDED = "decided by a teacher";

void apply_overrides(const Roster& roster, LabResult& result);
unsigned points_when_late(const Roster& roster, unsigned points, unsigned late_days);

} // namespace lab
