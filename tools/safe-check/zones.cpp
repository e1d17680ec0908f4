// Sorting files into checked, trusted, and the standard library's.
// SPDX-License-Identifier: MIT
#include "zones.hpp"

#include <algorithm>

namespace fs = std::filesystem;

namespace safe {

Folders Folders::of_tree(const fs::path& top) {
    return {top,
            {top / "lib", top / "abi", top / "arch", top / "kernels"},
            {top / "kernels/spin/extensions"}};
}

fs::path Zones::real_path(CXFile file) {
    std::error_code error;
    const fs::path name = text(clang_getFileName(file));
    const fs::path real = fs::weakly_canonical(name, error);
    return error ? name : real;
}

Zone Zones::of(CXFile file) {
    if (file == nullptr) // the compiler's own declarations
        return Zone::system;
    const auto known = known_.find(file);
    if (known != known_.end())
        return known->second;
    return known_[file] = find(file);
}

static std::size_t depth_below(const fs::path& path, const std::vector<fs::path>& folders) {
    std::size_t depth = 0;
    for (const fs::path& folder : folders) {
        const fs::path below = path.lexically_relative(fs::weakly_canonical(folder));
        if (!below.empty() && *below.begin() != "..")
            depth = std::max(depth, folder.string().size());
    }
    return depth;
}

Zone Zones::find(CXFile file) const {
    const CXFile main = clang_getFile(unit_, text(clang_getTranslationUnitSpelling(unit_)).c_str());
    if (clang_File_isEqual(file, main) != 0)
        return Zone::own;
    // At the file's start: a pragma of its own that makes it a system header comes later.
    const CXSourceLocation start = clang_getLocationForOffset(unit_, file, 0);
    if (clang_Location_isInSystemHeader(start) != 0)
        return Zone::system;
    const fs::path path = real_path(file);
    return depth_below(path, folders_.trusted) > depth_below(path, folders_.checked) ? Zone::trusted
                                                                                     : Zone::own;
}

std::string Zones::below_top(CXCursor cursor) const {
    const CXFile file = place_of(cursor).file;
    if (file == nullptr || folders_.top.empty())
        return "";
    return real_path(file).lexically_relative(fs::weakly_canonical(folders_.top)).string();
}

bool Zones::stands_in(CXCursor cursor, const std::string& place) const {
    const std::string path = below_top(cursor);
    return place.ends_with('/') ? path.starts_with(place) : path == place;
}

bool Zones::is_placement(CXCursor cursor) const {
    const std::string path = below_top(cursor);
    return path.starts_with("kernels/") && path.find("/placement/") != std::string::npos;
}

std::vector<CXFile> Zones::own_files() {
    std::vector<CXFile> all;
    clang_getInclusions(
        unit_,
        [](CXFile file, CXSourceLocation*, unsigned, CXClientData data) {
            static_cast<std::vector<CXFile>*>(data)->push_back(file);
        },
        &all);
    std::erase_if(all, [this](CXFile file) { return of(file) != Zone::own; });
    return all;
}

} // namespace safe
