// A Memory of its own for every environment, over one table of frames: fork_out against a model.
// SPDX-License-Identifier: MIT
//
// As in an exokernel's library OS: a child begins as a copy of its parent's private memory, and
// from then on nobody knows both. What they share is frames, which the machine counts.
#include "services/vm/fork_out.hpp"
#include "tests/vm/system.hpp"

#include "../unity/sample.hpp"

#include <doctest/doctest.h>
#include <random>

namespace {

constexpr vm::FileId TEXT{1};
constexpr std::uint64_t TEXT_PAGES = 4;
constexpr std::uint64_t PAGES = 24; // the first ones show the file

using Values = std::map<std::uint64_t, std::uint64_t>; // by page; those never stored to are 0

class Family {
public:
    Family(unsigned seed, const Sizes& sizes) : random_(seed), system_(sizes) {
        system_.machine.files[TEXT.raw()].assign(TEXT_PAGES * PAGE_SIZE, std::byte{0});
        space_ = *system_.memory->create();
        vm::Region text = anonymous(0, TEXT_PAGES);
        text.backing = vm::Backing::file_private;
        text.file = TEXT;
        text.file_bytes = TEXT_PAGES * PAGE_SIZE;
        REQUIRE(system_.memory->map(space_, text).has_value());
        REQUIRE(system_.memory->map(space_, anonymous(TEXT_PAGES, PAGES)).has_value());
        members_.push_back({system_.section(), {}});
    }

    // At most MOST environments at once.
    void steps(int count, std::size_t most) {
        for (int i = 0; i < count && !members_.empty(); ++i) {
            const std::size_t who = pick(members_.size());
            system_.enter(members_[who].section);
            const std::uint64_t what = pick(100);
            if (what < 4 && members_.size() < most)
                return_to(who, fork(members_[who].values));
            else if (what < 7 && members_.size() > 1)
                exit(who);
            else
                return_to(who, use(members_[who].values, what));
        }
    }

    void compare() {
        for (Member& member : members_) {
            system_.enter(member.section);
            for (std::uint64_t page = 0; page < PAGES; ++page)
                check(member.values, page);
            member.section = system_.section();
        }
    }

    // In any order; then every frame is free again.
    void finish() {
        while (!members_.empty()) {
            const std::size_t who = pick(members_.size());
            system_.enter(members_[who].section);
            exit(who);
        }
        CHECK(system_.machine.taken.empty());
        CHECK(system_.machine.holds[TEXT.raw()] == 0);
        CHECK(copies_ > 20);
        CHECK(reuses_ > 5);
        CHECK(swapped_ > 20);
        CHECK(forks_ > 5);
    }

private:
    struct Member {
        Section section;
        Values values;
    };

    std::uint64_t pick(std::uint64_t below) { return random_() % below; }

    std::optional<Member> fork(const Values& values) {
        const Result<void> forked =
            system_.memory->fork_out(space_, [&](Page, vm::FrameIndex frame, Rights) {
                system_.machine.share(frame);
                return Result<void>();
            });
        REQUIRE(forked.has_value());
        Member child{system_.section(), values};
        child.section.tables.clear();
        ++forks_;
        return child;
    }

    // The environment WHO goes on later; CHILD is a new one.
    void return_to(std::size_t who, std::optional<Member> child) {
        members_[who].section = system_.section();
        if (child)
            members_.push_back(std::move(*child));
    }

    std::optional<Member> use(Values& values, std::uint64_t what) {
        const std::uint64_t page = pick(PAGES);
        if (what < 12) {
            REQUIRE(system_.memory->page_out(1 + pick(4)).has_value());
        } else if (what < 55) {
            const std::uint64_t value = random_();
            const std::uint64_t before = system_.faults;
            REQUIRE(system_.store(space_, page_at(page), value).has_value());
            values[page] = value;
            copies_ += system_.faults != before && system_.supply == vm::Supply::copy ? 1 : 0;
            reuses_ += system_.faults != before && system_.supply == vm::Supply::reuse ? 1 : 0;
        } else {
            check(values, page);
        }
        return std::nullopt;
    }

    void check(const Values& values, std::uint64_t page) {
        const std::uint64_t before = system_.faults;
        const Result<std::uint64_t> seen = system_.load(space_, page_at(page));
        REQUIRE(seen.has_value());
        const auto known = values.find(page);
        REQUIRE(*seen == (known == values.end() ? 0 : known->second));
        swapped_ += system_.faults != before && system_.supply == vm::Supply::swap ? 1 : 0;
    }

    void exit(std::size_t who) {
        REQUIRE(system_.destroy(space_).has_value());
        const vm::Statistics left = system_.memory->statistics();
        CHECK(left.resident == 0);
        CHECK(left.free_slots == left.slots);
        CHECK(left.free_nodes == left.nodes);
        CHECK(left.committed == 0);
        members_.erase(members_.begin() + static_cast<std::ptrdiff_t>(who));
    }

    std::mt19937_64 random_;
    System system_;
    vm::SpaceId space_;
    std::vector<Member> members_;
    int copies_ = 0, reuses_ = 0, swapped_ = 0, forks_ = 0;
};

// FRAMES: of the machine; each environment may have 10.
void run(unsigned seed, std::size_t frames, std::size_t most, bool batches) {
    CAPTURE(seed);
    Family family(seed, {.frames = frames,
                         .slots = 40,
                         .spaces = 1,
                         .nodes = 2,
                         .configuration = {.pool = 10, .watermarks = vm::Watermarks{2, 4}},
                         .batches = batches});
    for (int round = 0; round < 8; ++round) {
        family.steps(250, most);
        family.compare();
    }
    family.finish();
}

} // namespace

TEST_CASE("vm: Memories over one frame table copy on write, and lose no frame") {
    for (const bool batches : {false, true})
        for (const unsigned seed : sample::of(1, 12, 2)) {
            CAPTURE(batches);
            run(seed, 64, 5, batches); // everybody finds frames
            run(seed, 32, 4, batches); // evicting is the only way to one, and many are shared
        }
}

TEST_CASE("vm: a page is stored to in place again when its other user is gone") {
    System system({});
    const vm::SpaceId space = *system.memory->create();
    REQUIRE(system.memory->map(space, anonymous(0, 2)).has_value());
    REQUIRE(system.store(space, page_at(0), 1).has_value());
    REQUIRE(system.store(space, page_at(1), 2).has_value());
    const auto share = [&](Page, vm::FrameIndex frame, Rights rights) {
        CHECK(!rights.can_write());
        system.machine.share(frame);
        return Result<void>();
    };
    REQUIRE(system.memory->fork_out(space, share).has_value());
    const Section parent = system.section();
    Section child = parent;
    child.tables.clear();
    system.enter(child);
    CHECK(*system.load(space, page_at(0)) == 1);
    CHECK(system.supply == vm::Supply::present);
    CHECK(system.store(space, page_at(0), 10).has_value());
    CHECK(system.supply == vm::Supply::copy);
    CHECK(system.destroy(space).has_value());
    system.enter(parent);
    CHECK(*system.load(space, page_at(0)) == 1);
    CHECK(system.store(space, page_at(0), 11).has_value());
    CHECK(system.supply == vm::Supply::reuse);
    CHECK(system.store(space, page_at(1), 12).has_value());
    CHECK(system.supply == vm::Supply::reuse);
    CHECK(system.destroy(space).has_value());
    CHECK(system.is_empty());
}

TEST_CASE("vm: fork_out refuses what two Memories cannot keep alike, and then did nothing") {
    System system({});
    const auto refuse = [](Page, vm::FrameIndex, Rights) -> Result<void> {
        return std::unexpected(Error::no_memory);
    };
    system.machine.files[TEXT.raw()].assign(PAGE_SIZE, std::byte{0});
    const vm::SpaceId space = *system.memory->create();
    vm::Region shared = anonymous(0, 1);
    shared.backing = vm::Backing::file_shared;
    shared.file = TEXT;
    shared.file_bytes = PAGE_SIZE;
    REQUIRE(system.memory->map(space, shared).has_value());
    CHECK(system.memory->fork_out(space, refuse).error() == Error::not_supported);
    REQUIRE(system.memory->unmap(space, {page_at(0), page_at(1)}).has_value());
    REQUIRE(system.memory->map(space, anonymous(0, 1)).has_value());
    REQUIRE(system.store(space, page_at(0), 1).has_value());
    CHECK(system.memory->fork_out(space, refuse).error() == Error::no_memory);
    CHECK(system.store(space, page_at(0), 2).has_value());
    CHECK(system.supply == vm::Supply::reuse);
    const vm::SpaceId other = *system.memory->create();
    CHECK(system.memory->fork_out(space, refuse).error() == Error::invalid);
    CHECK(system.destroy(other).has_value());
    CHECK(system.destroy(space).has_value());
    CHECK(system.is_empty());
}
