// What a student's work is asked, and what a right one answers.
// SPDX-License-Identifier: MIT
//
// Made by author/*_cases.cpp from a lab and a seed. A kit holds the visible ones of its student's
// seed in labs/NN-name/cases.json; the grader makes hidden ones besides. Next: judge.hpp.
#pragma once

#include "replacement_case.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lab {

// What must be fenced when a change of a translation is over.
struct DueFence {
    enum class Kind {
        none,   // nothing was changed: no store to a table
        page,   // after the last store, of that page or of all
        code,   // besides, a fence.i
        tables, // besides, of all translations, after the stores of so many new tables' entries
    } kind = Kind::none;
    unsigned tables = 0;
    bool operator==(const DueFence&) const = default;
};

// A query of the lab's rig (abi/lab_rig.hpp).
struct RigCase {
    std::vector<std::uint64_t> query{};
    std::vector<std::uint64_t> expect{};
    std::vector<DueFence> fences{}; // of each watched step
};

// A program under a whole kernel, watched by the probe.
struct KernelCase {
    std::string kernel{};
    std::string program{};
    int status = 0;
    std::vector<std::string> stages{};        // of its fault, in order
    std::string access{};                     // load, store or fetch
    bool completed = true;                    // the program's instruction executed at last
    std::uint64_t fences = 0;                 // sfence.vma in its window, at least
    std::optional<std::uint64_t> exits{};     // how often it and its children call exit
    std::optional<std::uint64_t> crossings{}; // between U and S, in its window
    std::optional<std::uint64_t> most{};      // instructions of its window, without those of fill
    std::string hung{}; // what is wrong when the kernel never comes so far, perhaps
};

// A number that the student measured, held against the same measurement by the judge: what FIELD
// (a total of the probe's) of program MORE has above that of program LESS.
struct NumberCase {
    std::string key{};  // in answers.txt
    std::string more{}; // source files, from the tree's top
    std::string less{};
    std::string field{};
    unsigned percent = 0; // that it may be off
};

struct Case {
    std::string task{};
    std::string part{}; // of the task: each has an equal share of its points, and all cases of a
                        // part must be right
    std::string name{};
    RigCase rig{}; // one of these is not empty
    KernelCase kernel{};
    NumberCase number{};
    replacement::Parts replacement{}; // what is lab 3's own, also beside a query
    std::string words{};              // what is expected, in words
    std::string hint{};
    std::string debug{}; // the debugger command that shows it
    bool hidden = false;

    bool is_rig() const { return !rig.query.empty(); }
    bool is_kernel() const { return !kernel.program.empty(); }
    bool is_number() const { return !number.key.empty(); }
};

std::string cases_json(const std::vector<Case>& cases);
// Throws a Failure that names FILE.
std::vector<Case> parse_cases(std::string_view json, const std::filesystem::path& file);
std::vector<Case> read_cases(const std::filesystem::path& file);

} // namespace lab
