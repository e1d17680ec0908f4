// A class's points as one table: CSV for a spreadsheet, HTML for a browser.
// SPDX-License-Identifier: MIT
//
// Before: grade_all.cpp.
#pragma once

#include "description.hpp"
#include "result.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lab {

struct ClassRow {
    std::string student;
    std::string name{};
    std::optional<LabResult> result{}; // nothing: NOTE says why
    std::string note{};                // "not handed in", "not on the roster", ...
    unsigned late_days = 0;
    unsigned final_points = 0; // after late days
};

std::string class_csv(const Description& lab, const std::vector<ClassRow>& rows);
std::string class_html(const Description& lab, const std::vector<ClassRow>& rows);

} // namespace lab
