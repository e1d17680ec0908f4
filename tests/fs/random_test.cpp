// Random operations on small disks, against the model: same results, same trees, nothing lost.
// SPDX-License-Identifier: MIT
//
// The disks are small enough that blocks, inodes and the cache run out all the time.
#include "check.hpp"
#include "snapshot.hpp"

#include "../unity/sample.hpp"

#include <random>

namespace {

struct Open {
    fs::InodeRef ref;
    NodePtr node;
};

class Random {
public:
    Random(unsigned seed, const fs::Geometry& geometry, std::size_t buffers)
        : random_(seed), disk_(*mkfs::format(geometry)), volume_(disk_, buffers) {
        REQUIRE(volume_.mount().has_value());
        before_ = volume_.files.counts();
    }

    void run(int steps) {
        for (int i = 0; i < steps; ++i) {
            step();
            if (pick(40) == 0)
                compare();
            if (pick(150) == 0)
                remount();
        }
        compare();
        nothing_is_lost();
    }

private:
    unsigned pick(unsigned below) { return static_cast<unsigned>(random_() % below); }

    std::string path() {
        std::string words;
        for (unsigned depth = pick(3) + 1; depth != 0; --depth)
            words += std::string("/") + static_cast<char>('a' + pick(4));
        return words;
    }

    // No_space is the disk's to say; it must be true.
    bool is_out_of_space(Error error) {
        if (error != Error::no_space)
            return false;
        const fs::Counts counts = volume_.files.counts();
        CHECK((counts.free_blocks < 4 || counts.free_inodes == 0));
        return true;
    }

    template <class T, class M>
    bool same(const T& real, const M& model) {
        REQUIRE(real.has_value() == model.has_value());
        if (!real)
            CHECK(real.error() == model.error());
        return real.has_value();
    }

    void step() {
        switch (pick(12)) {
        case 0:
        case 1:
        case 2:
            return create();
        case 3:
            return link();
        case 4:
        case 5:
            return unlink();
        case 6:
        case 7:
        case 8:
            return write();
        case 9:
            return truncate();
        case 10:
            return open_or_close();
        default:
            if (pick(4) == 0)
                CHECK(volume_.files.checkpoint().has_value());
            else
                CHECK(volume_.files.sync().has_value());
        }
    }

    void create() {
        const std::string where = path();
        const auto type = static_cast<fs::FileType>(pick(3) + 1);
        const auto made = volume_.make(where, {.type = type});
        if (!made && is_out_of_space(made.error()))
            return;
        same(made, model_.create(where, type));
    }

    void link() {
        const std::string from = path();
        const std::string to = path();
        const auto made = volume_.link(from, to);
        if (!made && is_out_of_space(made.error()))
            return;
        same(made, model_.link(from, to));
    }

    void unlink() {
        const std::string where = path();
        same(volume_.unlink(where), model_.unlink(where));
    }

    // A file by path, or one that is open and may have no name any more.
    Open file() {
        if (!open_.empty() && pick(2) == 0) {
            const Open& open = open_[pick(static_cast<unsigned>(open_.size()))];
            REQUIRE(volume_.files.hold(open.ref).has_value());
            return open;
        }
        const std::string where = path();
        const auto ref = volume_.files.lookup(where, volume_.root());
        const auto node = model_.find(where);
        return same(ref, node) ? Open{*ref, *node} : Open{};
    }

    void write() {
        const Open target = file();
        if (!target.node)
            return;
        const std::uint64_t offset =
            pick(8) == 0 ? pick(1100) * fs::BLOCK_SIZE : pick(6 * fs::BLOCK_SIZE);
        const std::string text(pick(3 * fs::BLOCK_SIZE), static_cast<char>('a' + pick(26)));
        StringSource source{text};
        const auto count = volume_.files.write(target.ref, offset, text.size(), source);
        volume_.files.release(target.ref);
        if (target.node->type == fs::FileType::directory) {
            CHECK(count.error() == Error::is_directory);
        } else if (target.node->type == fs::FileType::device) {
            CHECK(count.error() == Error::invalid);
        } else if (count) {
            Model::write(*target.node, offset, text.substr(0, *count));
            CHECK((*count == text.size() || is_out_of_space(Error::no_space)));
        } else {
            CHECK(is_out_of_space(count.error()));
        }
    }

    void truncate() {
        const Open target = file();
        if (!target.node)
            return;
        const std::uint64_t size = pick(8) == 0 ? pick(1100) * fs::BLOCK_SIZE : pick(30000);
        const auto done = volume_.files.truncate(target.ref, size);
        volume_.files.release(target.ref);
        CHECK(done.has_value() == (target.node->type == fs::FileType::file));
        if (done)
            Model::truncate(*target.node, size);
    }

    void open_or_close() {
        if (open_.size() < 8 && pick(2) == 0) {
            if (const Open opened = file(); opened.node)
                open_.push_back(opened);
        } else if (!open_.empty()) {
            close(pick(static_cast<unsigned>(open_.size())));
        }
    }
    void close(unsigned index) {
        const Open closed = open_[index];
        open_.erase(open_.begin() + index);
        if (closed.node->type == fs::FileType::file) {
            StringDestination all;
            CHECK(*volume_.files.read(closed.ref, 0, fs::FILE_BYTES_LIMIT, all) ==
                  closed.node->contents.size());
            CHECK((all.text == closed.node->contents));
        }
        volume_.files.release(closed.ref);
    }

    void compare() {
        CHECK(snapshot_of(volume_) == model_.snapshot());
        REQUIRE(volume_.files.sync().has_value());
        const mkfs::Checked checked = mkfs::check(disk_);
        CHECK_MESSAGE(checked.errors.empty(), checked.errors.front());
    }

    // As after switching off: orphans of open files go too.
    void remount() {
        REQUIRE(volume_.files.sync().has_value());
        open_.clear();
        REQUIRE(volume_.mount().has_value());
        const mkfs::Checked checked = mkfs::check(disk_);
        CHECK_MESSAGE(checked.errors.empty(), checked.errors.front());
    }

    void nothing_is_lost() {
        while (!open_.empty())
            close(0);
        while (true) {
            const Snapshot all = model_.snapshot();
            if (all.size() == 1)
                break;
            // The last path has nothing below it.
            const std::string& last = all.rbegin()->first;
            REQUIRE(volume_.unlink(last).has_value());
            REQUIRE(model_.unlink(last).has_value());
        }
        REQUIRE(volume_.files.checkpoint().has_value());
        const fs::Counts after = volume_.files.counts();
        CHECK(after.free_inodes == before_.free_inodes);
        CHECK(after.free_blocks == before_.free_blocks);
        CHECK(after.inodes_in_use == before_.inodes_in_use);
        CHECK(after.dirty_blocks == 0);
        const mkfs::Checked checked = mkfs::check(disk_);
        CHECK_MESSAGE(checked.errors.empty(), checked.errors.front());
    }

    std::mt19937 random_;
    mkfs::Disk disk_;
    Volume<mkfs::Disk> volume_;
    Model model_;
    std::vector<Open> open_;
    fs::Counts before_{};
};

} // namespace

TEST_CASE("fs: random operations agree with the model, on a small disk with the smallest cache") {
    for (const unsigned seed : sample::of(1, 60, 6)) {
        CAPTURE(seed);
        Random(seed, SMALL, fs::BUFFERS_LEAST).run(600);
    }
}

TEST_CASE("fs: random operations agree with the model when inodes run out first") {
    const fs::Geometry few{.blocks = 400, .inodes = 9, .log = 60, .swap = 0};
    for (const unsigned seed : sample::of(100, 130, 4)) {
        CAPTURE(seed);
        Random(seed, few, 40).run(600);
    }
}
