// What compare and bench have in common: which kernels, and where the report goes.
// SPDX-License-Identifier: MIT
//
// Declared in commands.hpp.
#include "commands.hpp"
#include "text.hpp"

#include <algorithm>
#include <cstdio>
#include <unistd.h>

namespace faultline {

std::vector<const Kernel*> chosen_kernels(const Manifest& manifest,
                                          const std::vector<std::string>& names) {
    std::vector<const Kernel*> kernels;
    for (const auto& name : names.empty() ? manifest.kernel_names() : names) {
        const Kernel* kernel = &manifest.kernel(name);
        if (std::ranges::find(kernels, kernel) == kernels.end())
            kernels.push_back(kernel);
    }
    if (kernels.empty())
        throw Failure(Exit::failed, "this build has no kernel",
                      "Configure with some: cmake --preset default -DFAULTLINE_KERNELS=\"...\"");
    return kernels;
}

void print(const std::string& text) {
    std::fputs(text.c_str(), stdout);
    if (std::fflush(stdout) != 0)
        throw Failure(Exit::failed, "cannot write to standard output",
                      "Check the disk or the program that reads it.");
}

void check_writable(const std::string& json) {
    if (json.empty() || json == "-")
        return;
    const auto folder = std::filesystem::absolute(json).parent_path();
    if (std::filesystem::is_directory(json) || !std::filesystem::is_directory(folder) ||
        access(std::filesystem::exists(json) ? json.c_str() : folder.c_str(), W_OK) != 0)
        throw Failure(Exit::failed, "cannot write " + json,
                      "Name a file in a folder that exists and that you may write.");
}

} // namespace faultline
