// The files in an image, by path.
// SPDX-License-Identifier: MIT
#include "tree.hpp"

#include "failure.hpp"
#include "format.hpp"
#include "visible.hpp"

#include <algorithm>
#include <cstdio>
#include <ostream>
#include <set>

namespace mkfs {

namespace {

struct ToString {
    std::string text{};
    Result<void> put(Bytes bytes) {
        text.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        return {};
    }
    std::uint64_t next() const { return text.size(); }
    bool stopped() const { return false; }
};

struct FromString {
    std::span<const char> text;
    std::uint64_t taken = 0;
    Result<void> get(std::span<std::byte> bytes) {
        std::ranges::copy(std::as_bytes(text.subspan(taken, bytes.size())), bytes.begin());
        taken += bytes.size();
        return {};
    }
    std::uint64_t next() const { return taken; }
    bool stopped() const { return false; }
};

constexpr std::uint64_t BUFFERS = 1024;
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

// As many as a disk of BLOCKS has use for.
std::size_t buffers_for(std::uint64_t blocks) {
    return std::clamp<std::uint64_t>(blocks, fs::BUFFERS_LEAST, BUFFERS);
}

} // namespace

Tree::Tree(Disk& disk, const std::string& what)
    : disk_(disk), buffers_(buffers_for(disk.block_count())), records_(buffers_.size()),
      inodes_(INODES), files_(disk) {
    auto* bytes = buffers_.front().bytes.data();
    const auto mounted =
        files_.mount({{bytes, buffers_.size() * fs::BLOCK_SIZE}, records_, inodes_});
    if (!mounted && mounted.error() == Error::malformed)
        throw Failure(what + " holds no file system");
    want(mounted, what);
    root_ = files_.root();
}

Result<fs::InodeRef> Tree::find(std::string_view path) {
    fs::InodeRef at = files_.root();
    for (fs::FirstName next = fs::first_name(fs::without_slashes(path)); !next.name.empty();
         next = fs::first_name(next.rest)) {
        // With the slash behind it, so that a file under a name of a directory is none.
        const std::string_view step(next.name.data(), next.name.size() + (next.slash ? 1 : 0));
        const Result<fs::InodeRef> below = files_.lookup(step, at);
        files_.release(at);
        at = TRY(below);
    }
    return at;
}

Tree::Place Tree::make_place(const std::string& path) {
    fs::InodeRef at = files_.root();
    fs::FirstName next = fs::first_name(fs::without_slashes(path));
    for (; !next.rest.empty(); next = fs::first_name(next.rest)) {
        Result<fs::InodeRef> below = files_.lookup(next.name, at);
        if (!below && below.error() == Error::not_found)
            below = files_.create(next.name, at, {.type = fs::FileType::directory});
        files_.release(at);
        at = want(below, path.substr(0, static_cast<std::size_t>(next.name.end() - &path[0])));
    }
    if (next.name.empty()) // the root
        throw Failure(path + ": " + std::string(to_words(Error::exists)));
    return {at, std::string(next.name) + (next.slash ? "/" : "")};
}

void Tree::make(const std::string& path, fs::Kind kind) {
    const Place place = make_place(path);
    files_.release(want(files_.create(place.name, place.directory, kind), path));
    files_.release(place.directory);
}

void Tree::add_file(const std::string& path, const std::string& contents) {
    const Place place = make_place(path);
    const auto found = files_.lookup(place.name, place.directory);
    const fs::InodeRef file =
        found
            ? *found
            : want(files_.create(place.name, place.directory, {.type = fs::FileType::file}), path);
    files_.release(place.directory);
    if (found)
        want(files_.truncate(file, 0), path);
    FromString source{contents};
    const std::uint64_t count = want(files_.write(file, 0, contents.size(), source), path);
    files_.release(file);
    if (count != contents.size())
        throw Failure(path + ": " + std::string(to_words(Error::no_space)));
}

void Tree::add_directory(const std::string& path) {
    const auto found = find(path);
    if (!found)
        return make(path, {.type = fs::FileType::directory});
    const fs::Stat stat = want(files_.stat(*found), path);
    files_.release(*found);
    if (stat.type != fs::FileType::directory)
        throw Failure(path + ": " + std::string(to_words(Error::exists)));
}

void Tree::add_device(const std::string& path, std::uint16_t major, std::uint16_t minor) {
    make(path, {fs::FileType::device, major, minor});
}

void Tree::add_link(const std::string& path, const std::string& existing) {
    const Place place = make_place(path);
    const fs::InodeRef file = want(find(existing), existing);
    want(files_.link(file, place.name, place.directory), path);
    files_.release(file);
    files_.release(place.directory);
}

fs::InodeRef Tree::find_file(const std::string& path) {
    const fs::InodeRef file = want(find(path), path);
    if (want(files_.stat(file), path).type == fs::FileType::file)
        return file;
    files_.release(file);
    throw Failure(path + " is no file");
}

std::uint64_t Tree::file_size(const std::string& path) {
    const fs::InodeRef file = find_file(path);
    const fs::Stat stat = want(files_.stat(file), path);
    files_.release(file);
    return stat.size;
}

std::string Tree::read(const std::string& path, std::uint64_t offset, std::uint64_t count) {
    const fs::InodeRef file = find_file(path);
    ToString destination;
    want(files_.read(file, offset, count, destination), path);
    files_.release(file);
    return destination.text;
}

// The last one first. A part of them at a time is read: a size may be a lie.
std::vector<std::string> Tree::names(fs::InodeRef directory, const std::string& path) {
    constexpr std::uint64_t PART = 16 * fs::BLOCK_SIZE;
    const std::uint64_t size = want(files_.stat(directory), path).size;
    if (size > disk_.block_count() * fs::BLOCK_SIZE)
        throw Failure(visible(path) + " is larger than the disk: mkfs --check tells more");
    std::vector<std::string> all;
    for (std::uint64_t offset = 0; offset < size; offset += PART) {
        ToString destination;
        want(files_.read(directory, offset, PART, destination), visible(path));
        const Bytes bytes = std::as_bytes(std::span(destination.text));
        for (std::size_t at = 0; at + sizeof(fs::DirectoryEntry) <= bytes.size();
             at += sizeof(fs::DirectoryEntry)) {
            const auto entry = *load<fs::DirectoryEntry>(bytes, at);
            const std::string name(entry.name.data(),
                                   std::min<std::size_t>(entry.length, fs::NAME_BYTES));
            if (entry.inode != 0 && name != "." && name != "..")
                all.push_back(name);
        }
    }
    std::ranges::sort(all, std::greater());
    return all;
}

std::string Tree::line_of(const fs::Stat& stat, const std::string& path) {
    char line[64];
    std::snprintf(line, sizeof line, "%.1s %5u %3u %9llu ", letter(stat.type).data(), stat.inode,
                  stat.links, static_cast<unsigned long long>(stat.size));
    return line + visible(path) + "\n";
}

// The directory ABOVE by the .. of the one BELOW it, which is released.
fs::InodeRef Tree::back_to(const Level& above, fs::InodeRef below, const std::string& path) {
    const fs::InodeRef ref = want(files_.lookup("..", below), visible(path));
    files_.release(below);
    if (want(files_.stat(ref), visible(path)).inode != above.inode)
        throw Failure("the .. in " + visible(path) + " leads elsewhere: mkfs --check tells more");
    return ref;
}

// Down a name at a time and up by "..": however deep a tree is, one of its directories is held.
void Tree::list(std::ostream& out) {
    std::set<std::uint32_t> seen;
    std::string path = "/";
    fs::InodeRef here = files_.root();
    const fs::Stat root = want(files_.stat(here), path);
    out << line_of(root, path);
    seen.insert(root.inode);
    std::vector<Level> way{{root.inode, 0, names(here, path)}};
    while (!way.empty()) {
        Level& level = way.back();
        path.resize(level.path_bytes);
        if (level.names.empty()) {
            way.pop_back();
            if (!way.empty())
                here = back_to(way.back(), here, path);
            continue;
        }
        const std::string name = std::move(level.names.back());
        level.names.pop_back();
        path += "/" + name;
        const fs::InodeRef ref = want(files_.lookup(name, here), visible(path));
        const fs::Stat stat = want(files_.stat(ref), visible(path));
        out << line_of(stat, path);
        if (stat.type != fs::FileType::directory) {
            files_.release(ref);
            continue;
        }
        if (!seen.insert(stat.inode).second)
            throw Failure(visible(path) +
                          " is a directory with two names: mkfs --check tells more");
        way.push_back({stat.inode, path.size(), names(ref, path)});
        files_.release(std::exchange(here, ref));
    }
    files_.release(here);
}

std::uint32_t Tree::finish() {
    want(files_.checkpoint(), "the image");
    reset_log(disk_, files_.layout());
    return used_blocks(disk_, files_.layout());
}

} // namespace mkfs
