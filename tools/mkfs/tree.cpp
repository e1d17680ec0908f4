// The files in an image, by path.
// SPDX-License-Identifier: MIT
#include "tree.hpp"

#include "failure.hpp"
#include "format.hpp"

#include <algorithm>
#include <cstdio>

namespace mkfs {

namespace {

struct ToString {
    std::string text{};
    Result<void> put(Bytes bytes) {
        text.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        return {};
    }
};

struct FromString {
    std::span<const char> rest;
    Result<void> get(std::span<std::byte> bytes) {
        std::ranges::copy(std::as_bytes(rest.first(bytes.size())), bytes.begin());
        rest = rest.subspan(bytes.size());
        return {};
    }
};

constexpr std::size_t BUFFERS = 1024;
constexpr std::size_t INODES = 256;

std::string_view letter(fs::FileType type) {
    switch (type) {
    case fs::FileType::directory:
        return "d";
    case fs::FileType::file:
        return "-";
    case fs::FileType::device:
        return "c";
    case fs::FileType::none:
        break;
    }
    return "?";
}

} // namespace

Tree::Tree(Disk& disk, const std::string& what)
    : disk_(disk), buffers_(BUFFERS), records_(BUFFERS), inodes_(INODES), files_(disk) {
    auto* bytes = buffers_.front().bytes.data();
    const auto mounted =
        files_.mount({{bytes, buffers_.size() * fs::BLOCK_SIZE}, records_, inodes_});
    if (!mounted && mounted.error() == Error::malformed)
        throw Failure(what + " holds no file system");
    want(mounted, what);
    root_ = files_.root();
}

void Tree::make_parents(const std::string& path) {
    for (std::size_t slash = path.find('/', 1); slash != path.npos;
         slash = path.find('/', slash + 1)) {
        const std::string parent = path.substr(0, slash);
        const auto found = files_.lookup(parent, root_);
        if (found)
            files_.release(*found);
        else
            make(parent, {.type = fs::FileType::directory});
    }
}

void Tree::make(const std::string& path, fs::Kind kind) {
    files_.release(want(files_.create(path, root_, kind), path));
}

void Tree::add_file(const std::string& path, const std::string& contents) {
    make_parents(path);
    const auto found = files_.lookup(path, root_);
    const fs::InodeRef file =
        found ? *found : want(files_.create(path, root_, {.type = fs::FileType::file}), path);
    if (found)
        want(files_.truncate(file, 0), path);
    FromString source{contents};
    const std::uint64_t count = want(files_.write(file, 0, contents.size(), source), path);
    files_.release(file);
    if (count != contents.size())
        throw Failure(path + ": " + std::string(to_words(Error::no_space)));
}

void Tree::add_directory(const std::string& path) {
    make_parents(path);
    if (const auto found = files_.lookup(path, root_); found) {
        const fs::Stat stat = want(files_.stat(*found), path);
        files_.release(*found);
        if (stat.type != fs::FileType::directory)
            throw Failure(path + ": " + std::string(to_words(Error::exists)));
        return;
    }
    make(path, {.type = fs::FileType::directory});
}

void Tree::add_device(const std::string& path, std::uint16_t major, std::uint16_t minor) {
    make_parents(path);
    make(path, {fs::FileType::device, major, minor});
}

void Tree::add_link(const std::string& path, const std::string& existing) {
    make_parents(path);
    const fs::InodeRef file = want(files_.lookup(existing, root_), existing);
    want(files_.link(file, path, root_), path);
    files_.release(file);
}

std::string Tree::contents(const std::string& path) {
    const fs::InodeRef file = want(files_.lookup(path, root_), path);
    const fs::Stat stat = want(files_.stat(file), path);
    if (stat.type != fs::FileType::file)
        throw Failure(path + " is no file");
    ToString destination;
    const std::uint64_t count = want(files_.read(file, 0, stat.size, destination), path);
    files_.release(file);
    if (count != stat.size)
        throw Failure(path + ": " + std::string(to_words(Error::malformed)));
    return destination.text;
}

std::vector<std::string> Tree::names(fs::InodeRef directory) {
    ToString destination;
    want(files_.read(directory, 0, fs::FILE_BYTES_LIMIT, destination), "a directory");
    std::vector<std::string> all;
    const Bytes bytes = std::as_bytes(std::span(destination.text));
    for (std::size_t at = 0; at + sizeof(fs::DirectoryEntry) <= bytes.size();
         at += sizeof(fs::DirectoryEntry)) {
        const auto entry = *load<fs::DirectoryEntry>(bytes, at);
        const std::string name(entry.name.data(),
                               std::min<std::size_t>(entry.length, fs::NAME_BYTES));
        if (entry.inode != 0 && name != "." && name != "..")
            all.push_back(name);
    }
    std::ranges::sort(all);
    return all;
}

void Tree::list_below(const std::string& path, std::set<std::uint32_t>& seen, std::string& lines) {
    const fs::InodeRef ref = want(files_.lookup(path, root_), path);
    const fs::Stat stat = want(files_.stat(ref), path);
    char line[64];
    std::snprintf(line, sizeof line, "%.1s %5u %3u %9llu ", letter(stat.type).data(), stat.inode,
                  stat.links, static_cast<unsigned long long>(stat.size));
    lines += line + path + "\n";
    std::vector<std::string> below;
    if (stat.type == fs::FileType::directory) {
        if (!seen.insert(stat.inode).second)
            throw Failure(path + " is a directory with two names: mkfs --check tells more");
        below = names(ref);
    }
    files_.release(ref);
    for (const std::string& name : below)
        list_below((path == "/" ? "" : path) + "/" + name, seen, lines);
}

std::string Tree::list() {
    std::string lines;
    std::set<std::uint32_t> seen;
    list_below("/", seen, lines);
    return lines;
}

void Tree::finish() {
    want(files_.checkpoint(), "the image");
    reset_log(disk_, files_.layout());
}

} // namespace mkfs
