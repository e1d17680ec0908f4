// What was found clean is remembered, by all that the finding depends on.
// SPDX-License-Identifier: MIT
//
// Used by look.cpp. The key of a source is made of the tool's version, its configuration, the
// compiler's flags, and the content of the source and of every file that it includes; it is the
// same wherever the tree lies.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lint {

// FNV-1a of 64 bits: against accidents, not against malice.
class Hash {
public:
    void add(std::string_view text); // with its length, so that two texts are not one
    std::string words() const;

private:
    std::uint64_t state_ = 0xcbf29ce484222325;
};

// What the build's own file knows, and the tree's record (tests/lint/clean.txt).
class Memory {
public:
    // Names of sources are kept relative to TOP, which is the tree. No file: nothing is remembered.
    Memory(std::filesystem::path file, const std::filesystem::path& record,
           std::filesystem::path top);

    bool is_clean(const std::filesystem::path& source, const std::string& key) const;
    void clean(const std::filesystem::path& source, const std::string& key);
    // Those that were clean() since this memory was made.
    void save() const;

private:
    using Keys = std::map<std::string, std::string>; // by source
    static Keys read(const std::filesystem::path& file);
    std::string name_of(const std::filesystem::path& source) const;

    std::filesystem::path file_;
    std::filesystem::path top_;
    Keys own_;
    Keys recorded_;
    Keys now_{};
};

// A file's content as a hash; each file is read once. Nothing when it cannot be read.
class Contents {
public:
    const std::optional<std::string>& of(const std::filesystem::path& file);

private:
    std::map<std::filesystem::path, std::optional<std::string>> known_;
};

} // namespace lint
