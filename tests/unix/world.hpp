// The UNIX service placed in a test: over the real file system on a disk in memory.
// SPDX-License-Identifier: MIT
//
// Events and interrupts are written down; nobody sleeps here. The lock around the file system lets
// a test step in, as another process would that runs while somebody waits for the disk.
#pragma once

#include "disk.hpp"
#include "format.hpp"
#include "services/fs/file_system.hpp"
#include "services/unix/over_fs.hpp"
#include "services/unix/system.hpp"
#include "text.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <vector>

struct Surroundings {
    std::vector<unix::Event> woken{};
    std::vector<unix::ProcessIndex> interrupted{};
    std::string screen{};
    void wake(unix::Event event) { woken.push_back(event); }
    void interrupt(unix::ProcessIndex process) { interrupted.push_back(process); }
    void put(std::string_view text) { screen += text; }

    bool has_woken(unix::Event event) const {
        return std::ranges::find(woken, event) != woken.end();
    }
};

// Nobody takes it twice; once, when it is free, somebody else may run first.
struct SteppingLock {
    bool is_held = false;
    std::function<void()> other_process{};
    void acquire() {
        REQUIRE(!is_held);
        if (other_process)
            std::exchange(other_process, nullptr)();
        is_held = true;
    }
    void release() { is_held = false; }
};

using Fs = fs::FileSystem<mkfs::Disk>;

// The calls with which an exec begins may fail when a test says so, before they have done anything.
class Files : public unix::OverFs<Fs, fs::InodeRef, SteppingLock> {
public:
    using OverFs::OverFs;
    std::function<Result<void>(std::string_view)> before{}; // told which

    Result<Inode> lookup(std::string_view path, Inode directory) {
        TRY(step("lookup"));
        return OverFs::lookup(path, directory);
    }
    Result<void> begin_use(Inode inode, io::FileUse use) {
        TRY(step("begin_use"));
        return OverFs::begin_use(inode, use);
    }
    Result<abi::Stat> stat(Inode inode) {
        TRY(step("stat"));
        return OverFs::stat(inode);
    }
    template <io::Destination D>
    Result<std::uint64_t> read(Inode inode, std::uint64_t offset, std::uint64_t count,
                               D& destination) {
        TRY(step("read"));
        return OverFs::read(inode, offset, count, destination);
    }

private:
    Result<void> step(std::string_view name) const {
        return before ? before(name) : Result<void>();
    }
};

using System = unix::System<Files, Surroundings>;

using unix::Descriptor;
using unix::Event;
using unix::ExitStatus;
using unix::GroupId;
using unix::ProcessId;
using unix::ProcessIndex;

inline std::string words(Error error) { return std::string(to_words(error)); }

class World {
public:
    explicit World(
        fs::Geometry geometry = {.blocks = 256, .inodes = 127, .log = fs::LOG_LEAST, .swap = 8},
        std::size_t inodes_in_memory = 64, std::size_t pipes = 8)
        : disk(*mkfs::format(geometry)), buffers_(BUFFERS), records_(BUFFERS),
          inodes_(inodes_in_memory), pipes_(pipes * unix::Pipes::BYTES), fs(disk), files(fs, lock),
          system(files, around) {
        auto* bytes = buffers_.front().bytes.data();
        REQUIRE(
            fs.mount({{bytes, buffers_.size() * fs::BLOCK_SIZE}, records_, inodes_}).has_value());
        system.set_up(pipes_);
        first = system.start("init");
        at_start = fs.counts();
    }

    ProcessIndex fork(ProcessIndex parent) {
        const ProcessIndex child = *system.fork(parent);
        system.launch(child);
        return child;
    }
    // A child that is gone at once, as its parent sees it.
    void end(ProcessIndex child) {
        system.exit(child, ExitStatus::of_program(0));
        system.reap(child);
    }

    // As a kernel's exec does it. busy, and what find says.
    Result<void> execute(ProcessIndex process, std::string_view name, std::string_view path) {
        const Files::Inode program = TRY(system.find(process, path));
        const Result<void> used = files.begin_use(program, io::FileUse::running);
        if (used)
            system.execute(process, name, program);
        else
            files.release(program);
        return used;
    }

    // Results as text: what was read, how much was written, or the error's words. A call that is
    // tried once, and given up where it stopped.
    std::string read(ProcessIndex process, Descriptor descriptor, std::uint64_t count = 10'000) {
        TextDestination destination;
        const auto done = system.read(process, descriptor, count, destination);
        system.let_go(process);
        CHECK((!done || *done == destination.text.size()));
        return done ? destination.text : words(done.error());
    }
    std::string write(ProcessIndex process, Descriptor descriptor, std::string_view text) {
        TextSource source{.text = text};
        const auto done = system.write(process, descriptor, text.size(), source);
        system.let_go(process);
        return done ? std::to_string(*done) : words(done.error());
    }
    Result<Descriptor> open(std::string_view path, std::uint64_t flags = abi::open::READ) {
        return system.open(first, path, flags);
    }
    // What is in the file, for process 1.
    std::string contents(std::string_view path) {
        const auto descriptor = open(path);
        if (!descriptor)
            return words(descriptor.error());
        std::string text = read(first, *descriptor);
        CHECK(system.close(first, *descriptor).has_value());
        return text;
    }
    void make(std::string_view path, std::string_view text = "") {
        const Descriptor made = *open(path, abi::open::WRITE | abi::open::CREATE);
        CHECK(write(first, made, text) == std::to_string(text.size()));
        CHECK(system.close(first, made).has_value());
    }

    // Process 1 alone, without descriptors; nothing held in the file system that was not held then.
    void check_nothing_left() {
        CHECK(system.counts() == unix::Counts{.processes = 1, .open_files = 0, .pipes = 0});
        CHECK(fs.counts().inodes_in_use == at_start.inodes_in_use);
    }

private:
    static constexpr std::size_t BUFFERS = 64;

public:
    mkfs::Disk disk;

private:
    std::vector<mkfs::Block> buffers_;
    std::vector<fs::BufferRecord> records_;
    std::vector<fs::InodeRecord> inodes_;
    std::vector<std::byte> pipes_;

public:
    Fs fs;
    SteppingLock lock{};
    Surroundings around{};
    Files files;
    System system;
    ProcessIndex first{};
    fs::Counts at_start{};
};
