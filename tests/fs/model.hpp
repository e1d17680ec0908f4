// What a file system should be: a tree of nodes in memory, simple enough to be right.
// SPDX-License-Identifier: MIT
//
// The tests do the same to a Model and to a file system and compare snapshots: for each path a line
// with type, link count, size, contents, and the first path of the same inode.
#pragma once

#include "lib/result.hpp"
#include "services/fs/layout.hpp"

#include <map>
#include <memory>
#include <string>

using Snapshot = std::map<std::string, std::string>;

struct Node {
    fs::FileType type = fs::FileType::file;
    std::string contents{};
    std::map<std::string, std::shared_ptr<Node>> entries{};
    unsigned links = 0; // of a file
};
using NodePtr = std::shared_ptr<Node>;

// Paths are absolute and plain: "/a/b".
class Model {
public:
    Model();
    Model(const Model& other);
    Model& operator=(const Model&) = delete;

    Result<NodePtr> find(const std::string& path) const;
    Result<NodePtr> create(const std::string& path, fs::FileType type);
    Result<void> link(const std::string& old_path, const std::string& path);
    Result<void> unlink(const std::string& path);
    static void write(Node& file, std::uint64_t offset, std::string_view text);
    static void truncate(Node& file, std::uint64_t size) { file.contents.resize(size); }

    Snapshot snapshot() const;

private:
    struct Target {
        NodePtr directory;
        std::string name;
    };
    Result<Target> target(const std::string& path) const;

    NodePtr root_;
};

// A snapshot's line.
std::string describe(fs::FileType type, std::uint64_t links, std::string_view contents,
                     const std::string& first_path);
