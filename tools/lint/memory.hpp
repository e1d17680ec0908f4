// What was found clean is remembered, by all that the finding depends on.
// SPDX-License-Identifier: MIT
//
// Used by look.cpp. The key of a source is made of the tool's version, its configuration, the
// compiler's flags, and the content of the source and of every file that it includes.
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

class Memory {
public:
    explicit Memory(std::filesystem::path file); // none: nothing is remembered

    bool is_clean(const std::filesystem::path& source, const std::string& key) const;
    void clean(const std::filesystem::path& source, const std::string& key);
    void save() const;

private:
    std::filesystem::path file_;
    std::map<std::string, std::string> keys_; // by source
};

// A file's content as a hash; each file is read once. Nothing when it cannot be read.
class Contents {
public:
    const std::optional<std::string>& of(const std::filesystem::path& file);

private:
    std::map<std::filesystem::path, std::optional<std::string>> known_;
};

} // namespace lint
