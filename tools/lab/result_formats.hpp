// A result as text, as JSON, as JUnit XML, and as Gradescope's results.json.
// SPDX-License-Identifier: MIT
//
// docs/grading.md describes each. Whatever came from a submission is made fit to be shown.
#pragma once

#include "result.hpp"

#include <string>

namespace lab {

// For the teacher: hidden tests with what they expected.
enum class Reader { teacher, student };

std::string result_text(const LabResult& result, Reader reader, std::size_t width);
std::string result_json(const LabResult& result);
// Throws a Failure when it is no result of a version that is understood.
LabResult parse_result(const std::string& json, const std::string& where);
std::string result_junit(const LabResult& result);
std::string result_gradescope(const LabResult& result);

} // namespace lab
