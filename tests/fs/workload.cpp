// A series of operations on a recording disk.
// SPDX-License-Identifier: MIT
#include "workload.hpp"

#include <algorithm>

Workload::Workload(const fs::Geometry& geometry, std::size_t buffers)
    : start_(*mkfs::format(geometry)), disk_(start_), volume_(disk_, buffers) {
    REQUIRE(volume_.mount().has_value());
    REQUIRE(disk_.events.empty()); // a clean disk is only read
    passes(0);
    promises_.push_back({0, 0});
}

void Workload::create(const std::string& path, fs::FileType type) {
    const std::size_t begun = events().size();
    REQUIRE(volume_.make(path, {.type = type}).has_value());
    REQUIRE(model_.create(path, type).has_value());
    passes(begun);
}

void Workload::write(const std::string& path, std::uint64_t offset, const std::string& text) {
    const std::size_t begun = events().size();
    REQUIRE(*volume_.write(path, offset, text) == text.size());
    Node& node = **model_.find(path);
    for (std::size_t done = 0; done < text.size();) {
        const std::size_t at = (offset + done) % fs::BLOCK_SIZE;
        const std::size_t piece = std::min(fs::BLOCK_SIZE - at, text.size() - done);
        Model::write(node, offset + done, std::string_view(text).substr(done, piece));
        passes(begun);
        done += piece;
    }
}

void Workload::truncate(const std::string& path, std::uint64_t size) {
    const std::size_t begun = events().size();
    REQUIRE(volume_.truncate(path, size).has_value());
    Node& node = **model_.find(path);
    for (std::uint64_t blocks = fs::blocks_to_hold(node.contents.size());
         blocks > fs::blocks_to_hold(size); --blocks) {
        Model::truncate(node,
                        std::min<std::uint64_t>(node.contents.size(), blocks * fs::BLOCK_SIZE));
        passes(begun);
    }
    if (node.contents.size() > fs::blocks_to_hold(size) * fs::BLOCK_SIZE) {
        Model::truncate(node, fs::blocks_to_hold(size) * fs::BLOCK_SIZE);
        passes(begun);
    }
    Model::truncate(node, size);
    passes(begun);
}

void Workload::link(const std::string& old_path, const std::string& path) {
    const std::size_t begun = events().size();
    REQUIRE(volume_.link(old_path, path).has_value());
    REQUIRE(model_.link(old_path, path).has_value());
    passes(begun);
}

void Workload::unlink(const std::string& path) {
    const std::size_t begun = events().size();
    REQUIRE(volume_.unlink(path).has_value());
    REQUIRE(model_.unlink(path).has_value());
    passes(begun);
}

void Workload::open(const std::string& path) {
    REQUIRE(volume_.files.lookup(path, volume_.root()).has_value());
}

void Workload::sync() {
    REQUIRE(volume_.files.sync().has_value());
    promises_.push_back({events().size(), states_.size() - 1});
}

void Workload::checkpoint() {
    REQUIRE(volume_.files.checkpoint().has_value());
    promises_.push_back({events().size(), states_.size() - 1});
}

void Workload::random(unsigned seed, int count) {
    std::mt19937 random(seed);
    const auto pick = [&](unsigned below) { return static_cast<unsigned>(random() % below); };
    const auto path = [&] {
        std::string words;
        for (unsigned depth = pick(2) + 1; depth != 0; --depth)
            words += std::string("/") + static_cast<char>('a' + pick(5));
        return words;
    };
    while (count-- != 0) {
        const std::string where = path();
        const std::string other = path();
        Model trial(model_);
        const auto found = model_.find(where);
        const bool file = found && (*found)->type == fs::FileType::file;
        switch (pick(9)) {
        case 0:
        case 1:
            if (const auto type = static_cast<fs::FileType>(pick(3) + 1); trial.create(where, type))
                create(where, type);
            break;
        case 2:
        case 3:
        case 4:
            if (file)
                write(where, pick(5 * fs::BLOCK_SIZE),
                      std::string(pick(4 * fs::BLOCK_SIZE), static_cast<char>('a' + pick(26))));
            break;
        case 5:
            if (file)
                truncate(where, pick(5 * fs::BLOCK_SIZE));
            break;
        case 6:
            if (trial.link(where, other))
                link(where, other);
            break;
        case 7:
            if (trial.unlink(where))
                unlink(where);
            break;
        default:
            if (pick(2) == 0)
                sync();
            else if (pick(4) == 0)
                checkpoint();
        }
    }
}

bool Workload::may_be(const Snapshot& snapshot, std::size_t events) const {
    std::size_t least = 0;
    for (const Promise& promise : promises_)
        if (promise.events <= events)
            least = promise.state;
    for (std::size_t i = least; i < states_.size() && states_[i].begun <= events; ++i)
        if (states_[i].snapshot == snapshot)
            return true;
    return false;
}
