// Which objects of a lab's images hold code that its holes make.
// SPDX-License-Identifier: MIT
//
// A header that a student hands in is read by most of a kernel, and changes little of it. Where it
// differs from the starter's in the holes alone, only these objects are compiled again. Made with
// the pristine tree (pristine.cpp); used by student_build.cpp.
#pragma once

#include "build_plan.hpp"
#include "description.hpp"

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace lab {

// Objects whose code differs between starter and solution. The solution is compiled in FOLDER,
// which is gone when this returns.
std::set<std::string> objects_with_holes(const BuildPlan& pristine,
                                         const std::vector<std::string>& images,
                                         const Description& lab, const std::filesystem::path& top,
                                         const std::filesystem::path& folder);

// The tokens of a file before, between and behind its holes.
using Frame = std::vector<std::vector<std::string>>;
// Of each file of the lab's that has holes.
std::map<std::filesystem::path, Frame> frames_of(const Description& lab,
                                                 const std::filesystem::path& top);
// Are they all still there, in order, whatever stands between them?
bool keeps_frame(const std::string& text, const Frame& frame);

} // namespace lab
