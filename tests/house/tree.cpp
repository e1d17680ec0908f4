// Reading the tree for the house rules.
// SPDX-License-Identifier: MIT
#include "tree.hpp"

#include <algorithm>
#include <fstream>

namespace fs = std::filesystem;

fs::path top() { return TOP; }

SourceFile read_source(const fs::path& path) {
    SourceFile file{fs::relative(path, top()).string(), {}};
    std::ifstream input(path);
    for (std::string line; std::getline(input, line);)
        file.lines.push_back(line);
    return file;
}

std::vector<SourceFile> sources(const std::string& folder,
                                const std::vector<std::string>& extensions) {
    std::vector<SourceFile> files;
    if (fs::exists(top() / folder))
        for (const fs::directory_entry& entry : fs::recursive_directory_iterator(top() / folder))
            if (entry.is_regular_file() &&
                std::ranges::count(extensions, entry.path().extension().string()) != 0)
                files.push_back(read_source(entry.path()));
    std::ranges::sort(files, {}, &SourceFile::path);
    return files;
}

std::vector<SourceFile> guest_sources() {
    std::vector<SourceFile> all;
    for (const char* folder : {"lib", "abi", "arch", "services", "kernels", "user"})
        for (SourceFile& file : sources(folder, {".cpp", ".hpp", ".h", ".S"}))
            all.push_back(std::move(file));
    return all;
}

int code_lines(const SourceFile& file) {
    const bool assembly = file.path.ends_with(".S");
    int count = 0;
    for (const std::string& line : file.lines) {
        const std::size_t start = line.find_first_not_of(" \t");
        if (start == std::string::npos || line.compare(start, 2, "//") == 0)
            continue;
        // In assembly # opens a comment unless the preprocessor knows the word.
        const bool directive =
            line.compare(start, 8, "#include") == 0 || line.compare(start, 7, "#define") == 0;
        if (assembly && line[start] == '#' && !directive)
            continue;
        ++count;
    }
    return count;
}

std::string place(const SourceFile& file, std::size_t index) {
    return file.path + ":" + std::to_string(index + 1);
}
