// Version numbers, compared as numbers (so that 10 follows 9).
// SPDX-License-Identifier: MIT
//
// Used by doctor.cpp.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace faultline {

struct Version {
    std::vector<unsigned long> parts;

    std::string text() const;
    // Missing parts count as 0: 7.2 equals 7.2.0.
    std::strong_ordering operator<=>(const Version& other) const;
    bool operator==(const Version& other) const { return (*this <=> other) == 0; }
};

// The first thing in `text` that looks like a version: numbers with dots, not within a word.
std::optional<Version> find_version(std::string_view text);

} // namespace faultline
