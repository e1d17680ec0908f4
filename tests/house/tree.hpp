// Shared by the house rules: the tree's text files, and their lines.
// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <vector>

struct SourceFile {
    std::string path; // from the tree's top
    std::vector<std::string> lines;
};

// The tree's top.
std::filesystem::path top();

SourceFile read_source(const std::filesystem::path& path);

// Every file below FOLDER (from the top) whose extension is one of EXTENSIONS.
std::vector<SourceFile> sources(const std::string& folder,
                                const std::vector<std::string>& extensions);

// All guest code: C++ and assembly of lib, abi, arch, services, kernels and user.
std::vector<SourceFile> guest_sources();

// Lines that are neither empty nor only comment.
int code_lines(const SourceFile& file);

// "path:line", for messages.
std::string place(const SourceFile& file, std::size_t index);
