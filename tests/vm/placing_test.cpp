// What placements with threads share: the page-out daemon, its lock, and the sizes of tables.
// SPDX-License-Identifier: MIT
#include "services/vm/page_out.hpp"
#include "services/vm/sizes.hpp"
#include "tests/vm/system.hpp"

#include <doctest/doctest.h>

#include <any>
#include <memory>

namespace {

struct CountingLock {
    int turns = 0;
    bool is_held = false;
    void acquire() {
        must(!is_held, "a lock is taken twice");
        is_held = true;
        ++turns;
    }
    void release() { is_held = false; }
};

// A daemon that does nothing by itself: the test is its thread.
struct Daemon {
    static inline vm::Memory* watched = nullptr;
    static inline CountingLock* around = nullptr;
    static inline int wakes = 0;
    static inline int sleeps = 0;
    static inline int yields = 0;

    static vm::Memory& memory() { return *watched; }
    static CountingLock& lock() { return *around; }
    static void wake() {
        must(!around->is_held, "the daemon is woken with the lock held");
        ++wakes;
    }
    static void sleep() {
        must(!around->is_held, "the daemon sleeps with the lock held");
        ++sleeps;
    }
    static void yield() {
        must(!around->is_held, "others run with the lock held");
        ++yields;
    }
};

class Watched {
public:
    explicit Watched(std::uint64_t pages) {
        Daemon::watched = system.memory.get();
        Daemon::around = &lock;
        Daemon::wakes = Daemon::sleeps = Daemon::yields = 0;
        space = *system.memory->create();
        REQUIRE(system.memory->map(space, anonymous(0, 40)).has_value());
        for (std::uint64_t page = 0; page < pages; ++page)
            REQUIRE(system.store(space, page_at(page), page).has_value());
    }
    std::uint64_t free_frames() const { return system.memory->statistics().free_frames; }

    System system{{.frames = 40,
                   .slots = 40,
                   .configuration = {.watermarks = vm::Watermarks{.low = 2, .high = 20}}}};
    vm::LockWithDaemon<CountingLock, Daemon> lock;
    vm::SpaceId space;
};

// Makes tables on the heap, so many of them.
struct Source {
    int left = 100;
    std::vector<std::any> made{};
    template <class T>
    Result<std::span<T>> take(std::uint64_t count) {
        if (left-- == 0)
            return std::unexpected(Error::no_memory);
        const auto table = std::make_shared<std::vector<T>>(count);
        made.emplace_back(table);
        return std::span<T>(*table);
    }
};

} // namespace

TEST_CASE("vm: who gives the lock back while frames are short lets the daemon go first") {
    Watched watched(38);
    { const io::Turn turn(watched.lock); }
    CHECK(Daemon::wakes == 0);
    CHECK(Daemon::yields == 0);
    REQUIRE(watched.system.store(watched.space, page_at(38), 38).has_value());
    { const io::Turn turn(watched.lock); }
    CHECK(Daemon::wakes == 1);
    CHECK(Daemon::yields == 1);
    CHECK_FALSE(watched.lock.is_held);
}

TEST_CASE("vm: the daemon evicts in steps, lets others run in between, and sleeps") {
    Watched watched(39);
    vm::page_out_and_sleep<Daemon>();
    CHECK(watched.free_frames() == 20);
    CHECK(Daemon::yields == 3); // 8, 8 and 3 pages
    CHECK(Daemon::sleeps == 1);
    CHECK(Daemon::wakes == 0); // nobody wakes it for what it does itself
    CHECK(watched.lock.turns == 4);
    for (std::uint64_t page = 0; page < 39; ++page)
        CHECK(*watched.system.load(watched.space, page_at(page)) == page);
}

TEST_CASE("vm: where swap fails, the daemon waits for the next need") {
    Watched watched(39);
    watched.system.machine.transfers_until_failure = 0;
    watched.system.machine.failures = ~0U;
    vm::page_out_and_sleep<Daemon>();
    CHECK(watched.free_frames() == 1);
    CHECK(Daemon::yields == 0);
    CHECK(Daemon::sleeps == 1);
}

TEST_CASE("vm: tables for a machine of so many frames") {
    std::vector<vm::Space> spaces(3);
    for (const std::uint64_t frames : {1U, 100U, 4096U, 30'000U}) {
        Source source;
        const vm::Storage storage = *vm::make_storage(spaces, frames, 77, source);
        CHECK(storage.spaces.size() == 3);
        CHECK(storage.nodes.size() == (1024 + frames / 8) * vm::NODE_RECORDS);
        CHECK(storage.frames.size() == frames + 1);
        CHECK(storage.buckets.size() <= frames);
        CHECK(storage.slots.size() == 77);
        vm::CoreMap core;
        CHECK(core.adopt(storage.frames, storage.buckets).has_value());
    }
    for (int left = 0; left < 4; ++left) {
        Source source{.left = left};
        CHECK(vm::make_storage(spaces, 100, 10, source).error() == Error::no_memory);
    }
}
