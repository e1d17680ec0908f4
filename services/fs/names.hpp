// Paths and names: lookup, create, link, unlink.
// SPDX-License-Identifier: MIT
//
// A part of FileSystem (file_system.hpp). Each of create, link and unlink is one operation: it
// looks everything up, prepares every block that it will change, and then changes them all, which
// cannot fail.
//
// A directory's link count is that of the entries that name it: its name, its own ".", and the ".."
// of each directory in it.
#pragma once

#include "services/fs/file_system.hpp"

namespace fs {

// The first name of PATH, and what is behind it and its slashes.
struct FirstName {
    std::string_view name;
    std::string_view rest;
    bool slash = false; // behind the name
};

// PATH does not begin with a slash.
constexpr FirstName first_name(std::string_view path) {
    std::size_t end = 0;
    while (end < path.size() && path[end] != '/')
        ++end;
    std::size_t next = end;
    while (next < path.size() && path[next] == '/')
        ++next;
    return {path.substr(0, end), path.substr(next), next != end};
}

constexpr std::string_view without_slashes(std::string_view path) {
    std::size_t start = 0;
    while (start < path.size() && path[start] == '/')
        ++start;
    return path.substr(start);
}
static_assert(first_name("a//b").name == "a" && first_name("a//b").rest == "b");

// What no path may be, whatever it is for: every call that takes one comes through here (target).
// not_found: empty; too_large; invalid: a zero byte.
constexpr Result<void> check_path(std::string_view path) {
    if (path.empty())
        return std::unexpected(Error::not_found);
    if (path.size() > PATH_BYTES)
        return std::unexpected(Error::too_large);
    if (path.find('\0') != path.npos)
        return std::unexpected(Error::invalid);
    return {};
}

// One step of a path: NAME in DIRECTORY, held.
template <block::Device D>
Result<InodeRef> FileSystem<D>::step(InodeRef directory, std::string_view name) {
    const InodeRecord& inode = inodes_.at(directory);
    if (inode.type != FileType::directory)
        return std::unexpected(Error::not_directory);
    TRY(check_name(name));
    // A removed directory, still somebody's working directory, holds nothing but itself.
    if (inode.links == 0 && name != ".")
        return std::unexpected(Error::not_found);
    const Found found = TRY(directories_.find(inode, name));
    if (found.inode == 0)
        return std::unexpected(Error::not_found);
    return inodes_.hold_number(found.inode);
}

template <block::Device D>
Result<InodeRef> FileSystem<D>::lookup(std::string_view path, InodeRef from) {
    const Target last = TRY(target(path, from));
    if (last.name.empty()) // the root, by slashes alone
        return last.directory;
    Result<InodeRef> found = step(last.directory, last.name);
    release(last.directory);
    if (found && last.slash && inodes_.at(*found).type != FileType::directory) {
        release(*found);
        return std::unexpected(Error::not_directory);
    }
    return found;
}

// All but the last step.
template <block::Device D>
Result<typename FileSystem<D>::Target> FileSystem<D>::target(std::string_view path, InodeRef from) {
    TRY(check_path(path));
    const bool absolute = path[0] == '/';
    InodeRef directory = absolute ? root_ : from;
    TRY(hold(directory));
    FirstName next = first_name(without_slashes(path));
    while (!next.rest.empty()) {
        const Result<InodeRef> below = step(directory, next.name);
        release(directory);
        directory = TRY(below);
        next = first_name(next.rest);
    }
    return Target{directory, next.name, next.slash};
}

template <block::Device D>
Result<InodeRef> FileSystem<D>::create(std::string_view path, InodeRef from, Kind kind) {
    const Target place = TRY(target(path, from));
    Result<InodeRef> made = create_in(place, kind);
    release(place.directory);
    return made;
}

// Where a new NAME may go in DIRECTORY.
template <block::Device D>
Result<std::uint64_t> FileSystem<D>::free_entry(InodeRef directory, std::string_view name) {
    const InodeRecord& inode = inodes_.at(directory);
    if (inode.type != FileType::directory)
        return std::unexpected(Error::not_directory);
    if (name.empty() || is_dot_name(name))
        return std::unexpected(Error::exists);
    TRY(check_name(name));
    if (inode.links == 0)
        return std::unexpected(Error::not_found);
    const Found found = TRY(directories_.find(inode, name));
    if (found.inode != 0)
        return std::unexpected(Error::exists);
    return found.offset;
}

template <block::Device D>
Result<InodeRef> FileSystem<D>::create_in(const Target& place, Kind kind) {
    if (kind.type == FileType::none)
        return std::unexpected(Error::invalid);
    const std::uint64_t offset = TRY(free_entry(place.directory, place.name));
    const bool makes_directory{kind.type == FileType::directory};
    if (place.slash && !makes_directory)
        return std::unexpected(Error::is_directory);
    if (makes_directory && inodes_.at(place.directory).links >= LINKS_LIMIT)
        return std::unexpected(Error::too_many);
    TRY(log_.reserve());
    const InodeRef child = TRY(inodes_.create(kind.type));
    InodeRecord& inode = inodes_.at(child);
    inode.links = makes_directory ? 2 : 1;
    if (kind.type == FileType::device) {
        inode.major = kind.major;
        inode.minor = kind.minor;
    }
    if (const Result<void> done = enter(place, child, offset); !done) {
        inodes_.discard(child);
        return std::unexpected(done.error());
    }
    return child;
}

// The rest of creation: CHILD, not stored yet, gets its entry at OFFSET and, as a directory, its
// own first entries.
template <block::Device D>
Result<void> FileSystem<D>::enter(const Target& place, InodeRef child, std::uint64_t offset) {
    InodeRecord& parent = inodes_.at(place.directory);
    InodeRecord& inode = inodes_.at(child);
    const Buffer parent_home = TRY(inodes_.prepare(place.directory));
    const Buffer child_home = TRY(inodes_.prepare(child));
    const Place entry = TRY(directories_.prepare(parent, offset));
    if (inode.type == FileType::directory) {
        const Result<Place> first = directories_.prepare(inode, 0);
        if (!first) {
            map_.give_back(entry);
            return std::unexpected(first.error());
        }
        directories_.put(inode, *first, 0, make_entry(inode.number, "."));
        directories_.put(inode, *first, sizeof(DirectoryEntry), make_entry(parent.number, ".."));
        ++parent.links;
    }
    directories_.put(parent, entry, offset, make_entry(inode.number, place.name));
    inodes_.store_in(parent_home, place.directory);
    inodes_.store_in(child_home, child);
    inodes_.created();
    return {};
}

template <block::Device D>
Result<void> FileSystem<D>::link(InodeRef ref, std::string_view path, InodeRef from) {
    TRY(inodes_.check(ref));
    const Target place = TRY(target(path, from));
    const Result<void> linked = link_in(place, ref);
    release(place.directory);
    return linked;
}

template <block::Device D>
Result<void> FileSystem<D>::link_in(const Target& place, InodeRef ref) {
    InodeRecord& inode = inodes_.at(ref);
    if (inode.type == FileType::directory)
        return std::unexpected(Error::not_permitted);
    if (inode.links == 0)
        return std::unexpected(Error::not_found);
    const std::uint64_t offset = TRY(free_entry(place.directory, place.name));
    if (place.slash)
        return std::unexpected(Error::not_directory);
    if (inode.links >= LINKS_LIMIT)
        return std::unexpected(Error::too_many);
    TRY(log_.reserve());
    InodeRecord& parent = inodes_.at(place.directory);
    const Buffer parent_home = TRY(inodes_.prepare(place.directory));
    const Buffer home = TRY(inodes_.prepare(ref));
    const Place entry = TRY(directories_.prepare(parent, offset));
    directories_.put(parent, entry, offset, make_entry(inode.number, place.name));
    ++inode.links;
    inodes_.store_in(parent_home, place.directory);
    inodes_.store_in(home, ref);
    return {};
}

template <block::Device D>
Result<void> FileSystem<D>::unlink(std::string_view path, InodeRef from) {
    const Target place = TRY(target(path, from));
    const Result<void> done = unlink_in(place);
    release(place.directory);
    return done;
}

template <block::Device D>
Result<void> FileSystem<D>::unlink_in(const Target& place) {
    if (place.name.empty())
        return std::unexpected(Error::not_permitted);
    if (is_dot_name(place.name))
        return std::unexpected(Error::invalid);
    const InodeRef child = TRY(step(place.directory, place.name));
    const Result<void> done = remove(place, child);
    release(child);
    return done;
}

// CHILD, found under PLACE's name, loses it.
template <block::Device D>
Result<void> FileSystem<D>::remove(const Target& place, InodeRef child) {
    InodeRecord& parent = inodes_.at(place.directory);
    InodeRecord& inode = inodes_.at(child);
    const bool is_directory{inode.type == FileType::directory};
    if (place.slash && !is_directory)
        return std::unexpected(Error::not_directory);
    // A damaged disk may name a directory's own ancestor, or count too few links.
    const bool sane = child != root_ && child != place.directory && inode.links != 0 &&
                      (!is_directory || parent.links != 0);
    if (!sane)
        return std::unexpected(Error::malformed);
    if (is_directory && !TRY(directories_.is_empty(inode)))
        return std::unexpected(Error::not_empty);
    const Found entry = TRY(directories_.find(parent, place.name));
    TRY(log_.reserve());
    const Buffer parent_home = TRY(inodes_.prepare(place.directory));
    const Buffer home = TRY(inodes_.prepare(child));
    const Place block = TRY(directories_.prepare(parent, entry.offset));
    directories_.put(parent, block, entry.offset, DirectoryEntry{});
    inode.links = is_directory ? 0 : inode.links - 1;
    parent.links -= is_directory ? 1 : 0;
    inodes_.store_in(parent_home, place.directory);
    inodes_.store_in(home, child);
    return {};
}

} // namespace fs
