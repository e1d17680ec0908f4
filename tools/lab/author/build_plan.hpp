// How a guest's build makes its images: what each object reads, and the lines that made it all.
// SPDX-License-Identifier: MIT
//
// Read from a finished build by ninja's own tools. Next: student_build.cpp runs the same lines over
// a student's files, in the build's place, one by one and without ninja.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace lab {

using Words = std::vector<std::string>;

struct CompileStep {
    std::string object; // from the build's folder
    Words command;      // without a launcher such as ccache
    std::filesystem::path source;
    std::set<std::string> reads; // files below the tree's top, from there; the source, too
};

struct LinkStep {
    std::string image; // "monolithic.elf", or the archive
    Words command;
    std::vector<std::string> inputs; // objects and archives, as the line has them
};

struct BuildPlan {
    std::filesystem::path top;
    std::filesystem::path guest; // where the lines run
    std::vector<CompileStep> compiles;
    std::vector<LinkStep> links;
    std::vector<LinkStep> archives;

    const CompileStep* compile(const std::string& object) const;
    const LinkStep* archive(const std::string& name) const;
    // Throws a Failure when the build has no such image.
    const LinkStep& link(const std::string& image) const;
    // Every object of the image, those of its archives too.
    std::vector<std::string> objects_of(const LinkStep& link) const;
};

BuildPlan read_build_plan(const std::filesystem::path& top, const std::filesystem::path& guest);

} // namespace lab
