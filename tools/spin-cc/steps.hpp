// What spin-cc does to an extension, one step after the other.
// SPDX-License-Identifier: MIT
//
// Each throws a faultline::Failure that says what the step's program said. docs/spin.md says what
// each keeps out.
#pragma once

#include "interface.hpp"

#include "flags.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace spin_cc {

using Path = std::filesystem::path;
using Paths = std::vector<Path>;

// Whether the build in FOLDER compiles SOURCE itself. (libclang makes something up for others.)
bool is_built(const Path& folder, const Path& source);

// How the build compiles one source of an extension: the pattern for all.
class Pattern {
public:
    // As the build in FOLDER compiles LIKE.
    Pattern(const Path& folder, const Path& like);

    // Clang's flags, for the checker.
    const std::vector<std::string>& for_clang() const { return for_clang_; }
    // What compiles SOURCE into OBJECT, and writes TARGET.d: what TARGET depends on, for the build.
    std::vector<std::string> command(const Path& source, const Path& object,
                                     const Path& target) const;
    // A program of the compiler's kin: "ld", "objcopy".
    std::string program(const std::string& name) const;

private:
    safe::Command command_; // without source and output
    std::vector<std::string> for_clang_;
};

// One source that includes all of SOURCES, at PLACE; the source itself where there is but one.
Path make_one_unit(const Paths& sources, const Path& place);

// Whether UNIT, and what it includes, keeps to the safe subset. Prints what does not, as
// safe-check.
bool check(const Path& unit, const Pattern& pattern, const Path& tree);

// Besides TARGET.d, of what TARGET is made, as make reads it.
void compile(const Path& unit, const Path& object, const Path& target, const Pattern& pattern);

// OBJECTS as one, with the four sections that the kernel links.
void merge(const Paths& objects, const Path& merged, const Path& script, const Pattern& pattern);

// MERGED without what only debuggers read, and with names as INTERFACE has them.
void finish(const Path& merged, const Path& finished, const Interface& interface,
            const Pattern& pattern);

// Looks at OBJECT as the kernel will.
void check_object(const Path& object);

// Puts a signature behind OBJECT, in the place of the one that is there.
void sign(const Path& object);

} // namespace spin_cc
