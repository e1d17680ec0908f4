// Whose file is it: to be checked, trusted, or the standard library's?
// SPDX-License-Identifier: MIT
#pragma once

#include "clang.hpp"

#include <filesystem>
#include <map>

namespace safe {

enum class Zone { own, trusted, system };

// The longest folder that holds a file decides; a file in none is checked.
struct Folders {
    std::filesystem::path top; // whose stages, borders and placements are known by their places
    std::vector<std::filesystem::path> trusted;
    std::vector<std::filesystem::path> checked;

    // lib/, abi/, arch/ and kernels/ below TOP are trusted, kernels/spin/extensions/ is checked.
    static Folders of_tree(const std::filesystem::path& top);
};

class Zones {
public:
    Zones(CXTranslationUnit unit, const Folders& folders) : unit_(unit), folders_(folders) {}

    // By links' targets: the build tree shows each layer through a link.
    Zone of(CXFile file);
    Zone of(CXCursor cursor) { return of(place_of(cursor).file); }
    // In PLACE, a file or (with a slash at the end) a folder below the tree's top.
    bool stands_in(CXCursor cursor, const std::string& place) const;
    // In a kernel's placement of a service, which is the kernel's.
    bool is_placement(CXCursor cursor) const;
    // The checked file itself, and what it includes of its kind.
    std::vector<CXFile> own_files();

    static std::filesystem::path real_path(CXFile file);

private:
    Zone find(CXFile file) const;
    std::string below_top(CXCursor cursor) const; // empty for what is not there

    CXTranslationUnit unit_;
    const Folders& folders_;
    std::map<CXFile, Zone> known_;
};

} // namespace safe
