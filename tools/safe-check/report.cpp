// Collecting findings.
// SPDX-License-Identifier: MIT
#include "report.hpp"

#include "zones.hpp"

#include <algorithm>

namespace safe {

void Report::add(Rule rule, const Place& place) {
    const std::string file = place.file == nullptr ? "" : Zones::real_path(place.file).string();
    const auto [at, fresh] = columns_.insert({{file, place.line, rule}, place.column});
    if (!fresh)
        at->second = std::min(at->second, place.column);
}

std::vector<Finding> Report::findings() const {
    std::vector<Finding> all;
    for (const auto& [key, column] : columns_)
        all.push_back({std::get<0>(key), std::get<1>(key), column, std::get<2>(key)});
    std::ranges::stable_sort(all, {}, [](const Finding& finding) {
        return std::tuple(finding.file, finding.line, finding.column);
    });
    return all;
}

} // namespace safe
