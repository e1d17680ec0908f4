// Links an image of pristine objects and a student's.
// SPDX-License-Identifier: MIT
//
// For student_build.cpp, which has looked at the objects. By the pristine build's line, in a
// sandbox of its own, where no source is.
#pragma once

#include "build_plan.hpp"
#include "sandbox.hpp"

#include <filesystem>
#include <map>
#include <string>

namespace lab {

struct LinkPlace {
    const Sandbox& sandbox;
    std::filesystem::path folder; // ours; jobs' folders are made below, the objects are there
    std::filesystem::path image;  // where it goes
};

// OBJECTS are the student's, by the names that the plan gives them. An end other than success has
// the linker's words.
JobEnd link_image(const BuildPlan& pristine, const LinkStep& link,
                  const std::map<std::string, std::filesystem::path>& objects,
                  const LinkPlace& place);

// The value behind OPTION in COMMAND, where it has that.
void set_option(Words& command, std::string_view option, const std::string& value);

} // namespace lab
