// What a compiler and its assembler read, by the lists that both write.
// SPDX-License-Identifier: MIT
#include "read_by_compiler.hpp"

#include <algorithm>
#include <array>

namespace lab {

std::vector<std::string> files_of_rule(std::string_view rule) {
    std::vector<std::string> files;
    const auto colon = rule.find(": ");
    if (colon == rule.npos)
        return files;
    std::string file;
    for (std::size_t i = colon + 2; i <= rule.size(); ++i) {
        const char c = i < rule.size() ? rule[i] : '\n';
        const bool escapes = c == '\\' && i + 1 < rule.size();
        if (escapes && rule[i + 1] == '\n') {
            ++i;
        } else if (escapes && (rule[i + 1] == ' ' || rule[i + 1] == '#')) {
            file += rule[++i];
            continue;
        } else if (c != ' ' && c != '\n' && c != '\t') {
            file += c;
            continue;
        }
        if (!file.empty())
            files.push_back(std::move(file));
        file.clear();
        if (c == '\n') // the end of the rule; others may follow, with nothing behind the colon
            break;
    }
    return files;
}

static bool is_below(const std::filesystem::path& file, const std::filesystem::path& folder) {
    return std::mismatch(folder.begin(), folder.end(), file.begin(), file.end()).first ==
           folder.end();
}

bool is_expected(const std::filesystem::path& file, const std::filesystem::path& from,
                 const std::filesystem::path& tree, const std::filesystem::path& folder) {
    // Where the compiler keeps its own headers.
    static const std::array<std::filesystem::path, 5> system = {
        "/usr/lib/gcc", "/usr/lib/gcc-cross", "/usr/riscv64-linux-gnu",
        "/usr/include/stdc-predef.h", "/usr/share/gcc"};
    const auto plain = (from / file).lexically_normal();
    return is_below(plain, tree) || is_below(plain, folder) ||
           std::ranges::any_of(system, [&](const auto& one) { return is_below(plain, one); });
}

} // namespace lab
