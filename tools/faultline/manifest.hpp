// What the guest build made: kernels, the images of each, programs.
// SPDX-License-Identifier: MIT
//
// Read from manifest.json in the guest's build folder; everything the command knows about the guest
// comes from here and from the symbols of the files named here.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace faultline {

struct Image {
    std::string domain; // protection domain its code runs in
    std::filesystem::path file;
};

// A boot that prints `bench` lines of what one kernel alone has.
struct OwnBenchmark {
    std::string name;
    std::string boot; // the kernel's command line
};

struct Kernel {
    std::string name;
    std::filesystem::path image;         // with the timer reached through SBI
    std::filesystem::path image_sstc;    // with the Sstc timer
    std::vector<Image> images;           // all but the program's own
    std::vector<std::string> features{}; // what programs may need: "files", "fork", ...
    std::filesystem::path ram_disk{};    // what it gets in memory besides the disk; empty: nothing
    std::vector<OwnBenchmark> benchmarks{};

    bool has(std::string_view feature) const;
    // What the program needs and this kernel does not have yet; empty: it can run.
    std::vector<std::string> missing_for(const struct Program& program) const;
};

struct Program {
    std::string name;
    std::filesystem::path file;
    std::vector<std::string> needs{}; // features of a kernel
    std::string boot{};               // what else stands on the kernel's command line
    bool figures = false;             // its last lines are figures, which may differ
    bool benchmark = false;           // it prints `bench` lines
    bool by_chance = false;           // what is watched may not happen in a run
};

struct Manifest {
    std::filesystem::path folder;
    std::string build;    // release or debug
    std::string compiler; // "GCC 12.2.0"
    std::filesystem::path disk;
    std::vector<Kernel> kernels;
    std::vector<Program> programs;

    std::vector<std::string> kernel_names() const;
    std::vector<std::string> program_names() const;
    bool has_program(std::string_view name) const;
    // Both throw a usage Failure that lists what there is.
    const Kernel& kernel(std::string_view name) const;
    const Program& program(std::string_view name) const;
};

// Throws a Failure that says what the kernel lacks for the program.
void require_features(const Kernel& kernel, const Program& program);

// `folder` holds manifest.json. Paths in the result are absolute.
Manifest load_manifest(const std::filesystem::path& folder);
Manifest parse_manifest(const std::string& text, const std::filesystem::path& folder);

} // namespace faultline
