// The measured figures that documents quote, all of one run: docs/figures.json.
// SPDX-License-Identifier: MIT
//
// measure.hpp makes them, documents.hpp says which are quoted where, main.cpp compares the two.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace figures {

struct Toolchain {
    std::string compiler; // version of the cross compiler, which decides what is counted
    std::string qemu;     // for the record: counts do not depend on it
};

struct Figures {
    Toolchain toolchain;
    std::map<std::string, std::uint64_t> numbers; // key -> value, as in `<!-- =KEY -->`
    std::map<std::string, std::string> outputs;   // command -> what it printed
};

std::string to_json(const Figures& figures);
// Throws a faultline::Failure when FILE is not there or is no such file.
Figures read_figures(const std::filesystem::path& file);

// What FRESH says otherwise than KEPT, a line each; nothing when they are the same.
std::vector<std::string> differences(const Figures& kept, const Figures& fresh);

} // namespace figures
