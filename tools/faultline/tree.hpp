// Where things stand: the source tree and what was built from it.
// SPDX-License-Identifier: MIT
//
// The build compiles the two paths into the command (CMakeLists.txt), so it works from any folder.
#pragma once

#include <filesystem>
#include <string>

namespace faultline {

struct Tree {
    std::filesystem::path top;
    std::filesystem::path build; // build/default

    std::filesystem::path probe() const { return build / "tools" / "probe" / "probe.so"; }
    std::filesystem::path mkfs() const { return build / "tools" / "mkfs" / "mkfs"; }
    std::filesystem::path spin_cc() const { return build / "tools" / "spin-cc" / "spin-cc"; }
    std::filesystem::path guest(const std::string& kind) const { return build / ("guest-" + kind); }

    static Tree here() { return {FAULTLINE_TOP, FAULTLINE_BUILD}; }
};

} // namespace faultline
