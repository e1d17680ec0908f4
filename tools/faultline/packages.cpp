// packages.txt: which Debian packages the project uses, and what for.
// SPDX-License-Identifier: MIT
//
// A line: `name | other-name   # what it is for`. A line that begins with # is a comment.
#include "packages.hpp"

#include "text.hpp"

namespace faultline {

static std::string trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return "";
    return std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

std::vector<Package> parse_packages(std::string_view text) {
    std::vector<Package> packages;
    for (const auto& line : lines_of(text)) {
        const auto hash = line.find('#');
        const std::string names = trimmed(std::string_view(line).substr(0, hash));
        if (names.empty())
            continue;
        Package package;
        for (const auto& name : split(names, '|'))
            package.names.push_back(trimmed(name));
        if (hash != std::string::npos)
            package.purpose = trimmed(std::string_view(line).substr(hash + 1));
        packages.push_back(std::move(package));
    }
    return packages;
}

} // namespace faultline
