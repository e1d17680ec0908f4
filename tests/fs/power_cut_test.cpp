// A power cut at every disk write leaves a consistent file system, with all that was synced.
// SPDX-License-Identifier: MIT
//
// After each event of a workload (also torn, also with the writes since the last flush carried out
// in part and in any order, also during recovery) the disk is checked, mounted, and compared with
// every state that the operations passed through.
#include "check.hpp"
#include "workload.hpp"

#include "../unity/sample.hpp"

#include <algorithm>

namespace {

// Every kind of operation, and enough of them for several commits and checkpoints.
void everything(Workload& work) {
    work.create("/a");
    work.write("/a", 0, "hello");
    work.create("/d", fs::FileType::directory);
    work.sync();
    work.write("/a", 5, std::string(3 * fs::BLOCK_SIZE, 'b')); // append
    work.create("/d/e");
    work.write("/d/e", 0, std::string(30 * fs::BLOCK_SIZE, 'e')); // through an index block
    work.link("/d/e", "/f");
    work.unlink("/d/e");
    work.create("/d/g", fs::FileType::directory);
    work.create("/d/g/null", fs::FileType::device);
    work.sync();
    work.truncate("/f", 27 * fs::BLOCK_SIZE + 5);
    work.truncate("/a", 7);
    work.unlink("/d/g/null");
    work.unlink("/d/g");
    work.open("/f");
    work.write("/f", 100, "before the end");
    work.unlink("/f"); // open
    work.create("/h");
    work.write("/h", 2 * fs::BLOCK_SIZE, "behind a hole");
    work.truncate("/h", 5 * fs::BLOCK_SIZE);
    work.checkpoint();
    work.unlink("/h");
    work.unlink("/a");
    for (char name = 'i'; name != 'z'; ++name)
        work.create(std::string("/d/") + name);
    work.sync();
    work.unlink("/d/m");
}

struct Judge {
    const Workload& work;
    std::size_t cuts = 0;

    void judge(const mkfs::Disk& found, std::size_t events) {
        ++cuts;
        const mkfs::Checked at_once = mkfs::check(found);
        REQUIRE_MESSAGE(at_once.errors.empty(), at_once.errors.front());
        mkfs::Disk disk = found;
        Volume<mkfs::Disk> volume(disk);
        REQUIRE(volume.mount().has_value());
        REQUIRE(work.may_be(snapshot_of(volume), events));
        REQUIRE(volume.files.checkpoint().has_value());
        const mkfs::Checked later = mkfs::check(disk);
        REQUIRE_MESSAGE(later.errors.empty(), later.errors.front());
        REQUIRE(later.orphans == 0);
        REQUIRE(later.pending == 0);
    }
};

// After each event, and with the next write torn; a sample takes one event of SHARE.
void cut_everywhere(const Workload& work, bool torn, std::size_t share) {
    Judge judge{work};
    mkfs::Disk disk = work.start();
    const auto last = static_cast<unsigned>(work.events().size());
    const std::vector<unsigned> chosen = sample::of(0, last, last / share + 1);
    for (std::size_t i = 0; i <= last; ++i) {
        CAPTURE(i);
        const bool is_chosen = std::ranges::binary_search(chosen, i);
        if (is_chosen)
            judge.judge(disk, i);
        if (i == last)
            break;
        if (torn && is_chosen)
            for (const std::size_t bytes : {512U, 4088U}) {
                mkfs::Disk half = disk;
                apply_torn(work.events()[i], bytes, half);
                judge.judge(half, i);
            }
        apply(work.events()[i], disk);
    }
    MESSAGE(judge.cuts, " power cuts");
}

// Between two flushes the device writes in any order: any part of the writes may have arrived.
void cut_reordered(const Workload& work, unsigned seed) {
    std::mt19937 random(seed);
    Judge judge{work};
    mkfs::Disk flushed = work.start();
    std::vector<DiskEvent> loose;
    for (std::size_t i = 0; i < work.events().size(); ++i) {
        const DiskEvent& event = work.events()[i];
        if (event.block) {
            loose.push_back(event);
        } else {
            for (const DiskEvent& write : loose)
                apply(write, flushed);
            loose.clear();
        }
        mkfs::Disk disk = flushed;
        for (const DiskEvent& write : loose)
            if (random() % 2 == 0)
                apply(write, disk);
        CAPTURE(i);
        judge.judge(disk, i + 1);
    }
}

// A second cut, at every write of the recovery from a first one.
void cut_recovery(const Workload& work, std::size_t every) {
    mkfs::Disk disk = work.start();
    Judge judge{work};
    const auto first_cuts = static_cast<unsigned>((work.events().size() + every - 1) / every);
    const std::vector<unsigned> chosen = sample::of(0, first_cuts - 1, first_cuts / 4);
    for (std::size_t i = 0; i < work.events().size(); ++i) {
        apply(work.events()[i], disk);
        if (i % every != 0 || !std::ranges::binary_search(chosen, i / every))
            continue;
        Recording recovering(disk);
        Volume<Recording> volume(recovering);
        REQUIRE(volume.mount().has_value());
        REQUIRE(volume.files.checkpoint().has_value());
        mkfs::Disk again = disk;
        for (std::size_t k = 0; k < recovering.events.size(); ++k) {
            CAPTURE(i);
            CAPTURE(k);
            apply(recovering.events[k], again);
            judge.judge(again, i + 1);
        }
    }
    MESSAGE(judge.cuts, " power cuts during recovery");
}

} // namespace

TEST_CASE("fs: power cut at every disk write") {
    Workload work(SMALL);
    everything(work);
    REQUIRE(work.events().size() > 200);
    cut_everywhere(work, false, 4);
}

TEST_CASE("fs: power cut at every disk write, with the write torn") {
    Workload work(SMALL);
    everything(work);
    cut_everywhere(work, true, 6);
}

TEST_CASE("fs: power cut with the writes since the last flush in any order") {
    Workload work(SMALL);
    everything(work);
    for (const unsigned seed : sample::of(1, 5, 2)) {
        CAPTURE(seed);
        cut_reordered(work, seed);
    }
}

TEST_CASE("fs: power cut during the recovery from a power cut") {
    Workload work(SMALL);
    everything(work);
    cut_recovery(work, 7);
}

TEST_CASE("fs: power cuts in random workloads, with caches and logs of several sizes") {
    for (const unsigned seed : sample::of(1, 8, 1)) {
        CAPTURE(seed);
        const fs::Geometry geometry{
            .blocks = 250, .inodes = 63, .log = fs::LOG_LEAST + seed * 7, .swap = 0};
        Workload work(geometry, fs::BUFFERS_LEAST + seed * 3);
        work.random(seed, 250);
        cut_everywhere(work, false, 4);
        cut_reordered(work, seed);
    }
}

TEST_CASE("fs: power cuts in a file with doubly indirect blocks") {
    Workload work(SMALL);
    const std::uint64_t far = (fs::DIRECT + fs::PER_INDEX + 3) * fs::BLOCK_SIZE;
    work.create("/big");
    work.write("/big", far, std::string(2 * fs::BLOCK_SIZE, 'x'));
    work.write("/big", (fs::DIRECT + 2) * fs::BLOCK_SIZE, "y");
    work.sync();
    work.truncate("/big", (fs::DIRECT + 1) * fs::BLOCK_SIZE);
    work.sync();
    work.write("/big", far, "z");
    work.unlink("/big");
    work.sync();
    cut_everywhere(work, false, 4);
}
