// Each policy alone, over a queue of a few frames, against reference strings worked by hand.
// SPDX-License-Identifier: MIT
#include "services/vm/policies/clock.hpp"
#include "services/vm/policies/fifo.hpp"
#include "services/vm/policies/lru.hpp"
#include "services/vm/policies/mru.hpp"
#include "services/vm/policies/own.hpp"
#include "services/vm/policy.hpp"

#include "tests/vm/system.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace {

// Memory of a few frames. A page is a letter; frame numbers are page letters, which policies cannot
// tell apart from any other numbers.
struct Paper {
    struct Entry {
        vm::FrameIndex page;
        bool accessed = true; // by the access that loaded it
        std::uint8_t age = 0;
    };
    std::vector<Entry> queue; // oldest first
    vm::FrameIndex kept{~0ULL};

    std::size_t place(vm::FrameIndex page) const {
        return static_cast<std::size_t>(std::ranges::find(queue, page, &Entry::page) -
                                        queue.begin());
    }
    vm::FrameIndex at(std::size_t i) const { return i < queue.size() ? queue[i].page : ring(); }

    vm::FrameIndex ring() const { return vm::FrameIndex(1000); }
    vm::FrameIndex oldest() const { return at(0); }
    vm::FrameIndex newest() const { return at(queue.size() - 1); }
    vm::FrameIndex newer(vm::FrameIndex page) const { return at(place(page) + 1); }
    vm::FrameIndex older(vm::FrameIndex page) const { return at(place(page) - 1); }
    void move_to_newest(vm::FrameIndex page) {
        const auto entry = queue.begin() + static_cast<std::ptrdiff_t>(place(page));
        std::rotate(entry, entry + 1, queue.end());
    }
    void move_to_oldest(vm::FrameIndex page) {
        const auto entry = queue.begin() + static_cast<std::ptrdiff_t>(place(page));
        std::rotate(queue.begin(), entry, entry + 1);
    }
    bool test_and_clear_accessed(vm::FrameIndex page) {
        return std::exchange(queue[place(page)].accessed, false);
    }
    std::uint8_t age(vm::FrameIndex page) const { return queue[place(page)].age; }
    void set_age(vm::FrameIndex page, std::uint8_t age) { queue[place(page)].age = age; }
    bool is_kept(vm::FrameIndex page) const { return page == kept; }
};
static_assert(vm::ResidentQueue<Paper>);

struct Outcome {
    std::string victims; // in order
    std::uint64_t faults = 0;
};

// Accesses the pages of REFERENCES with so many FRAMES.
template <class Choose>
Outcome play(std::string_view references, std::size_t frames, Choose choose) {
    Paper paper;
    Outcome outcome;
    for (const char letter : references) {
        const vm::FrameIndex page(static_cast<std::uint64_t>(letter));
        const std::size_t place = paper.place(page);
        if (place < paper.queue.size()) {
            paper.queue[place].accessed = true;
            continue;
        }
        ++outcome.faults;
        if (paper.queue.size() == frames) {
            const vm::FrameIndex victim = choose(paper);
            outcome.victims += static_cast<char>(victim.raw());
            paper.queue.erase(paper.queue.begin() +
                              static_cast<std::ptrdiff_t>(paper.place(victim)));
        }
        paper.queue.push_back({page});
    }
    return outcome;
}

const auto FIFO = [](Paper& paper) { return vm::fifo::choose(paper); };
const auto CLOCK = [](Paper& paper) { return vm::clock::choose(paper); };
const auto LRU = [](Paper& paper) { return vm::lru::choose(paper); };
const auto MRU = [](Paper& paper) { return vm::mru::choose(paper); };
const auto OWN = [](Paper& paper) { return vm::own::choose(paper); };

// L. A. Belady, R. A. Nelson, G. S. Shedler, CACM 12 (1969): the string that is in every textbook.
constexpr std::string_view BELADY = "123412512345";

} // namespace

TEST_CASE("vm policies: fifo takes the oldest, and shows Belady's anomaly") {
    CHECK(play(BELADY, 3, FIFO).faults == 9);
    CHECK(play(BELADY, 4, FIFO).faults == 10); // more memory, more faults
    CHECK(play(BELADY, 3, FIFO).victims == "123412");
    CHECK(play(BELADY, 5, FIFO).faults == 5);
}

TEST_CASE("vm policies: clock gives a page that was used a second chance") {
    // abc loaded. d: all were used; the hand clears a, b, c and takes a. b is used again. e: b gets
    // its second chance, c goes. b again. f: the queue is d b e: d was used when it was loaded, b
    // and e too; all are cleared, and d goes.
    CHECK(play("abcdbebf", 3, CLOCK).victims == "acd");
    // Where nothing is used twice it is fifo.
    CHECK(play("abcdefgh", 3, CLOCK).victims == play("abcdefgh", 3, FIFO).victims);
    // a is used between any two faults, and stays: fifo loses it again and again.
    CHECK(play("abcadaeafaga", 3, CLOCK).victims.find('a', 1) == std::string::npos);
    CHECK(play("abcadaeafaga", 3, CLOCK).faults < play("abcadaeafaga", 3, FIFO).faults);
}

TEST_CASE("vm policies: lru takes the page whose last use is longest ago") {
    // abc loaded. a used. d: all were accessed since they were loaded: the oldest, a, goes (the
    // first sampling cannot tell). bc used. e: d, b, c accessed; of b, c (age 11) and d (age 1) d
    // has the shorter history, and goes.
    CHECK(play("abcadbce", 3, LRU).victims == "ad");
    // Between two faults c and d are used, b is not: b goes, then the unused of each round.
    CHECK(play("bcdecdfcdg", 4, LRU).victims == "be");
    // A page's uses of long ago count for nothing: x was used through four rounds and then never.
    CHECK(play("xyzaxbxcxdyzeyzfyzg", 4, LRU).victims.find('x') != std::string::npos);
}

TEST_CASE("vm policies: an age is eight rounds of history, the last one first") {
    CHECK(vm::lru::aged(0, true) == 0x80);
    CHECK(vm::lru::aged(0x80, false) == 0x40);
    CHECK(vm::lru::aged(0x81, true) == 0xc0);
}

TEST_CASE("vm policies: lru samples no more than its window") {
    std::string all;
    for (char letter = 'A'; letter < 'A' + 20; ++letter)
        all += letter;
    Paper paper;
    for (const char letter : all)
        paper.queue.push_back({vm::FrameIndex(static_cast<std::uint64_t>(letter))});
    CHECK(vm::lru::choose(paper).raw() == 'A');
    CHECK(std::ranges::count(paper.queue, false, &Paper::Entry::accessed) == vm::lru::WINDOW);
    CHECK(paper.newest().raw() == 'A' + vm::lru::WINDOW - 1); // they went behind the newest
}

TEST_CASE("vm policies: mru keeps most of a circle that is larger than memory") {
    std::string circle;
    for (int round = 0; round < 8; ++round)
        circle += "abcdefghijklmnopqrst"; // 20 pages
    // Two of the others lose every page just before they need it: each access is a fault. The
    // third is saved a little by the gaps in what it samples.
    CHECK(play(circle, 18, FIFO).faults == 160);
    CHECK(play(circle, 18, CLOCK).faults == 160);
    CHECK(play(circle, 18, LRU).faults == 113);
    // 13 pages stay for good; the other 7 go through the 5 frames that are left.
    CHECK(play(circle, 18, MRU).faults == 20 + 7 * (20 - 13));
    // The fifth newest goes: the four newest may be needed by one instruction.
    CHECK(play("abcdefgh", 6, MRU).victims == "bc");
}

TEST_CASE("vm policies: mru spares what is used again and again") {
    // h is loaded in the middle of the walk, and used at every step from then on.
    CHECK(play("abcdefghihjhkhlhmhnh", 6, MRU).victims.find('h') == std::string::npos);
}

TEST_CASE("vm policies: own gives the access that loaded a page no second chance") {
    // abc loaded. d: clock clears all and takes the oldest; own knows that none was used twice, and
    // takes it as well. b used. e: own finds c on trial and unused. b used. f: d, the same way.
    CHECK(play("abcdbebf", 3, OWN).victims == "acd");
    // a is used again and again, with four pages between that are used once: own keeps it, and
    // clock, whose hand goes round twice as fast, does not.
    constexpr std::string_view ONCE = "abcdeafghiajklmanopqarstu";
    CHECK(play(ONCE, 5, OWN).faults < play(ONCE, 5, CLOCK).faults);
    // Each page is used a second time when three others have been loaded: clock still has it.
    constexpr std::string_view TWICE = "abcdaebfcgdheifjgkhlimjnk";
    CHECK(play(TWICE, 5, OWN).faults > play(TWICE, 5, CLOCK).faults);
}

TEST_CASE("vm policies: the frame that is copied from stays") {
    for (const auto choose : {+FIFO, +CLOCK, +LRU, +MRU, +OWN}) {
        Paper paper;
        for (const char letter : std::string("ab"))
            paper.queue.push_back({vm::FrameIndex(static_cast<std::uint64_t>(letter))});
        paper.kept = vm::FrameIndex('a');
        CHECK(choose(paper).raw() == 'b');
        paper.queue.erase(paper.queue.begin() +
                          static_cast<std::ptrdiff_t>(paper.place(vm::FrameIndex('b'))));
        CHECK(choose(paper) == paper.ring());
        paper.queue.clear();
        CHECK(choose(paper) == paper.ring());
    }
}

TEST_CASE("vm policies: the whole service faults as often as the policy alone") {
    struct Pair {
        vm::Policy name;
        vm::FrameIndex (*choose)(Paper&);
    };
    std::mt19937 random(7);
    for (const Pair& policy :
         {Pair{vm::Policy::fifo, +FIFO}, Pair{vm::Policy::clock, +CLOCK},
          Pair{vm::Policy::lru, +LRU}, Pair{vm::Policy::mru, +MRU}, Pair{vm::Policy::own, +OWN}})
        for (int round = 0; round < 10; ++round) {
            const std::uint64_t pool = 8 + random() % 8;
            std::string references;
            while (references.size() < 600) // walks, and pages that are used more than others
                references += static_cast<char>(
                    'A' + (random() % 3 == 0 ? random() % 5 : references.size() % 25));
            System system({.frames = 32,
                           .slots = 64,
                           .configuration = {.policy = policy.name, .pool = pool}});
            const vm::SpaceId space = *system.memory->create();
            REQUIRE(system.memory->map(space, anonymous(0, 64)).has_value());
            for (const char letter : references) {
                const Page page = page_at(static_cast<std::uint64_t>(letter - 'A'));
                REQUIRE((random() % 2 == 0 ? system.load(space, page).has_value()
                                           : system.store(space, page, 1).has_value()));
            }
            CHECK(system.faults == play(references, pool, policy.choose).faults);
        }
}

TEST_CASE("vm policies: they go by name") {
    CHECK(*vm::policy_named("fifo") == vm::Policy::fifo);
    CHECK(*vm::policy_named("clock") == vm::Policy::clock);
    CHECK(*vm::policy_named("lru") == vm::Policy::lru);
    CHECK(*vm::policy_named("mru") == vm::Policy::mru);
    CHECK(*vm::policy_named("own") == vm::Policy::own);
    CHECK(vm::policy_named("LRU").error() == Error::invalid);
    CHECK(vm::policy_named("").error() == Error::invalid);
}
