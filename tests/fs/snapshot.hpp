// A mounted file system as a snapshot, by reading everything in it.
// SPDX-License-Identifier: MIT
#pragma once

#include "model.hpp"
#include "volume.hpp"

template <class D>
void snapshot_below(Volume<D>& volume, const std::string& path,
                    std::map<std::uint32_t, std::string>& first, Snapshot& all) {
    const auto stat = volume.stat(path);
    REQUIRE(stat.has_value());
    const std::string& first_path = first.emplace(stat->inode, path).first->second;
    std::string contents;
    if (stat->type != fs::FileType::device) {
        const auto read = volume.read(path);
        REQUIRE(read.has_value());
        contents = *read;
    }
    const bool directory = stat->type == fs::FileType::directory;
    all[path] = describe(stat->type, stat->links, directory ? "" : contents, first_path);
    std::map<std::string, bool> names;
    if (directory)
        for (std::size_t at = 0; at < contents.size(); at += sizeof(fs::DirectoryEntry)) {
            const auto entry = *load<fs::DirectoryEntry>(std::as_bytes(std::span(contents)), at);
            const std::string name(entry.name.data(), entry.length);
            if (entry.inode != 0 && name != "." && name != "..")
                names[name] = true;
        }
    for (const auto& [name, there] : names)
        snapshot_below(volume, (path == "/" ? "" : path) + "/" + name, first, all);
}

template <class D>
Snapshot snapshot_of(Volume<D>& volume) {
    Snapshot all;
    std::map<std::uint32_t, std::string> first;
    snapshot_below(volume, "/", first, all);
    return all;
}
