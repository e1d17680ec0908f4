// A private folder for one run, removed at its end.
// SPDX-License-Identifier: MIT
//
// Two runs at a time have two folders. A run that was killed leaves its folder behind without the
// lock on it; the next run takes such a folder away.
#pragma once

#include <cstdint>
#include <filesystem>

namespace faultline {

class Scratch {
public:
    Scratch();
    ~Scratch();
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
    int lock_ = -1;
};

std::uint64_t free_kib(const std::filesystem::path& folder);
// Throws when nothing fits into the folder any more: what was written there last is not whole.
void require_space(const std::filesystem::path& folder);

} // namespace faultline
