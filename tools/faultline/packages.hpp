// packages.txt: which Debian packages the project uses, and what for.
// SPDX-License-Identifier: MIT
//
// The bootstrap script installs from the same list; doctor.cpp takes its words from here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace faultline {

struct Package {
    std::vector<std::string> names; // alternatives, for different releases
    std::string purpose;
};

std::vector<Package> parse_packages(std::string_view text);

} // namespace faultline
