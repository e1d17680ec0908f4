// A series of operations on a recording disk, with every state that a crash may leave.
// SPDX-License-Identifier: MIT
//
// Each operation goes to the file system and to the model. Long writes and truncations pass through
// states of their own: after each block, and at each block's boundary on the way down.
#pragma once

#include "recording.hpp"
#include "snapshot.hpp"

#include <set>

class Workload {
public:
    explicit Workload(const fs::Geometry& geometry, std::size_t buffers = fs::BUFFERS_LEAST);

    void create(const std::string& path, fs::FileType type = fs::FileType::file);
    void write(const std::string& path, std::uint64_t offset, const std::string& text);
    void truncate(const std::string& path, std::uint64_t size);
    void link(const std::string& old_path, const std::string& path);
    void unlink(const std::string& path);
    // Holds the file until the end, so that unlink leaves an orphan.
    void open(const std::string& path);
    void sync();
    void checkpoint();
    // COUNT of all these, chosen by SEED.
    void random(unsigned seed, int count);

    const mkfs::Disk& start() const { return start_; }
    const std::vector<DiskEvent>& events() const { return disk_.events; }
    // May SNAPSHOT be what is found after a crash behind the first EVENTS events?
    bool may_be(const Snapshot& snapshot, std::size_t events) const;

private:
    struct State {
        Snapshot snapshot;
        std::size_t begun; // events before its operation
    };
    struct Promise {
        std::size_t events; // before sync returned
        std::size_t state;  // the oldest that may be found from then on
    };

    void passes(std::size_t begun) { states_.push_back({model_.snapshot(), begun}); }

    mkfs::Disk start_;
    Recording disk_;
    Volume<Recording> volume_;
    Model model_;
    std::vector<State> states_;
    std::vector<Promise> promises_;
};
