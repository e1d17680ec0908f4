// The extension `files` as services/unix and services/calls want a file system.
// SPDX-License-Identifier: MIT
//
// Each is a linked call, which costs what a call costs. The border is plain functions
// (interface/files.hpp); where bytes go and come from it names two types each: a program's memory,
// and bytes of this extension's own.
#pragma once

#include "kernels/spin/interface/files.hpp"

#include "services/io/transfer.hpp"

struct LinkedFiles {
    using Inode = files::Inode;

    Inode root() { return files::root(); }
    Result<Inode> lookup(std::string_view path, Inode directory) {
        return files::lookup(path, directory);
    }
    void hold(Inode inode) { files::hold(inode); }
    void release(Inode inode) { files::release(inode); }
    Result<void> begin_use(Inode inode, io::FileUse use) { return files::begin_use(inode, use); }
    void end_use(Inode inode, io::FileUse use) { files::end_use(inode, use); }
    Result<abi::Stat> stat(Inode inode) { return files::stat(inode); }
    template <io::Destination D>
    Result<std::uint64_t> read(Inode inode, std::uint64_t offset, std::uint64_t count,
                               D& destination) {
        return files::read(inode, offset, count, destination);
    }
    template <io::Source S>
    Result<std::uint64_t> write(Inode inode, std::uint64_t offset, std::uint64_t count, S& source) {
        return files::write(inode, offset, count, source);
    }
    template <io::Source S>
    Result<std::uint64_t> append(Inode inode, std::uint64_t count, S& source) {
        return files::append(inode, count, source);
    }
    Result<void> truncate(Inode inode, std::uint64_t size) { return files::truncate(inode, size); }
    Result<Inode> create(std::string_view path, Inode directory, abi::FileType type,
                         std::uint16_t major, std::uint16_t minor) {
        return files::create(path, directory, type, major, minor);
    }
    Result<void> make_directory(std::string_view path, Inode directory) {
        return files::make_directory(path, directory);
    }
    Result<void> link(std::string_view existing, std::string_view path, Inode directory) {
        return files::link(existing, path, directory);
    }
    Result<void> unlink(std::string_view path, Inode directory) {
        return files::unlink(path, directory);
    }

    Result<void> sync() { return files::sync(); }
    Result<void> checkpoint() { return files::checkpoint(); }
    files::Counts counts() const { return files::counts(); }
};
