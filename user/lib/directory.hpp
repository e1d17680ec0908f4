// The names in a directory, and the path of the current one.
// SPDX-License-Identifier: MIT
#pragma once

#include "user/lib/errors.hpp"
#include "user/lib/files.hpp"
#include "user/lib/fixed_text.hpp"

#include <optional>

namespace os {

// for (Directory d(path); auto entry = d.next();) ...
class Directory {
public:
    explicit Directory(std::string_view path) : descriptor_(open(path)) {
        Stat stat{};
        if (descriptor_ >= 0 && fstat(descriptor_, stat) == 0 && stat.type != FileType::directory)
            failure_ = -abi::NOT_DIRECTORY;
        else if (descriptor_ < 0)
            failure_ = descriptor_;
    }
    ~Directory() {
        if (descriptor_ >= 0)
            close(descriptor_);
    }
    Directory(const Directory&) = delete;
    Directory& operator=(const Directory&) = delete;

    // Why it could not be opened or read, or 0.
    std::int64_t failure() const { return failure_; }

    struct Entry {
        std::string_view name; // good until the next call
        std::uint32_t inode;
    };
    std::optional<Entry> next() {
        for (;;) {
            if (at_ == count_ && !more())
                return std::nullopt;
            const DirectoryEntry& entry = entries_[at_++];
            if (entry.inode != 0)
                return Entry{{entry.name.data(), entry.length}, entry.inode};
        }
    }

private:
    bool more() {
        if (failure_ != 0)
            return false;
        const std::int64_t bytes = read(descriptor_, std::as_writable_bytes(std::span(entries_)));
        failure_ = bytes < 0 ? bytes : 0;
        at_ = 0;
        count_ = bytes < 0 ? 0 : static_cast<std::size_t>(bytes) / sizeof(DirectoryEntry);
        return count_ != 0;
    }

    std::int64_t descriptor_;
    std::int64_t failure_ = 0;
    std::size_t at_ = 0;
    std::size_t count_ = 0;
    std::array<DirectoryEntry, 16> entries_{};
};

using PathText = FixedText<abi::PATH_BYTES>;

// Directory and name as one path. False: it would be too long.
inline bool join(PathText& path, std::string_view directory, std::string_view name) {
    path.clear();
    path.put(directory);
    if (!directory.ends_with('/'))
        path.put("/");
    path.put(name);
    return path.complete();
}

// What PATH is, without following it any further than open does.
inline std::int64_t stat(std::string_view path, Stat& stat) {
    const std::int64_t descriptor = open(path);
    if (descriptor < 0)
        return descriptor;
    const std::int64_t result = fstat(descriptor, stat);
    close(descriptor);
    return result;
}

using NameText = FixedText<DirectoryEntry::NAME_BYTES>;

// The name by which the directory above DIRECTORY knows it, into NAME; none for the root. 0, or an
// error: -NOT_FOUND where it was unlinked.
std::int64_t own_name(std::string_view directory, NameText& name);

// The path of the current directory, found from the names on the way up to the root: 0, or an
// error as of own_name. -TOO_LARGE: it has more than MOST bytes, and PATH is its end, longer than
// that or as long as there is room.
std::int64_t current_directory(PathText& path, std::size_t most = abi::PATH_BYTES);

} // namespace os
