// Version numbers, compared as numbers (so that 10 follows 9).
// SPDX-License-Identifier: MIT
//
// Used by doctor.cpp on what `--version` and OpenSBI's banner print.
#include "version.hpp"

#include "text.hpp"

#include <algorithm>
#include <regex>

namespace faultline {

std::string Version::text() const {
    std::string result;
    for (const auto part : parts)
        result += (result.empty() ? "" : ".") + std::to_string(part);
    return result;
}

std::strong_ordering Version::operator<=>(const Version& other) const {
    const auto part = [](const Version& version, std::size_t i) {
        return i < version.parts.size() ? version.parts[i] : 0;
    };
    for (std::size_t i = 0; i < std::max(parts.size(), other.parts.size()); ++i)
        if (const auto order = part(*this, i) <=> part(other, i); order != 0)
            return order;
    return std::strong_ordering::equal;
}

std::optional<Version> find_version(std::string_view text) {
    static const std::regex pattern(R"((?:^|[^A-Za-z0-9.])v?(\d{1,9}(?:\.\d{1,9})+))");
    std::match_results<std::string_view::const_iterator> match;
    if (!std::regex_search(text.begin(), text.end(), match, pattern))
        return std::nullopt;
    Version version;
    for (const auto& part : split(match[1].str(), '.'))
        version.parts.push_back(std::stoul(part));
    return version;
}

} // namespace faultline
