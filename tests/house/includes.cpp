// Following includes from file to file.
// SPDX-License-Identifier: MIT
#include "includes.hpp"

#include <regex>

namespace fs = std::filesystem;

namespace {

constexpr std::string_view KERNELS = "kernels/";

std::vector<std::string> names_included_by(const SourceFile& file) {
    static const std::regex include(R"re(\s*#\s*include\s*"([^"]+)".*)re");
    std::vector<std::string> names;
    std::smatch match;
    for (const std::string& line : file.lines)
        if (std::regex_match(line, match, include))
            names.push_back(match[1]);
    return names;
}

// Where NAME may be that FILE includes, for a source of KERNEL.
std::vector<std::string> candidates(const Files& files, const std::string& file,
                                    const std::string& name, const std::string& kernel) {
    std::vector<std::string> all{name,
                                 (fs::path(file).parent_path() / name).lexically_normal().string()};
    if (name.find('/') == std::string::npos)
        for (const auto& [path, text] : files)
            if (kernel_of(path) == kernel && fs::path(path).filename() == name)
                all.push_back(path);
    return all;
}

void add_seen(const Files& files, const std::string& file, const std::string& kernel,
              std::set<std::string>& seen) {
    for (const std::string& name : names_included_by(files.at(file)))
        for (const std::string& path : candidates(files, file, name, kernel))
            if (files.contains(path) && seen.insert(path).second)
                add_seen(files, path, kernel, seen);
}

} // namespace

std::string kernel_of(const std::string& path) {
    if (!path.starts_with(KERNELS))
        return "";
    const std::size_t end = path.find('/', KERNELS.size());
    return end == std::string::npos ? "" : path.substr(KERNELS.size(), end - KERNELS.size());
}

std::set<std::string> seen_from(const Files& files, const std::string& start) {
    std::set<std::string> seen;
    add_seen(files, start, kernel_of(start), seen);
    return seen;
}

std::map<std::string, std::set<std::string>> kernels_that_see(const Files& files) {
    std::map<std::string, std::set<std::string>> kernels;
    for (const auto& [path, text] : files)
        if (const std::string kernel = kernel_of(path); !kernel.empty())
            for (const std::string& header : seen_from(files, path))
                if (!header.starts_with(KERNELS))
                    kernels[header].insert(kernel);
    return kernels;
}
