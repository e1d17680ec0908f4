// The stock of frames: given back in any order, refilled in batches, never one frame twice.
// SPDX-License-Identifier: MIT
#include "services/vm/stock.hpp"

#include <doctest/doctest.h>

#include <random>
#include <set>
#include <vector>

namespace {

// Has so many frames as it is allowed at the moment.
struct Holder {
    std::uint64_t named = 1000;
    std::uint64_t allowed = 1000;
    std::uint64_t asked = 0;
    std::uint64_t held = 0;
    std::set<std::uint64_t> there{};

    std::uint64_t most() const { return named; }
    Result<void> hold(vm::FrameIndex frame) {
        ++asked;
        if (held == allowed)
            return std::unexpected(Error::no_memory);
        CHECK(frame.raw() < named);
        CHECK(there.insert(frame.raw()).second);
        ++held;
        return {};
    }
    PageBytes bytes(vm::FrameIndex) const { return PageBytes(page.data(), PAGE_SIZE); }

    static inline std::array<std::byte, PAGE_SIZE> page{};
};

template <class Frames>
std::set<std::uint64_t> take_all(Frames& frames) {
    std::set<std::uint64_t> taken;
    for (auto frame = frames.take(); frame; frame = frames.take())
        CHECK(taken.insert(frame->raw()).second);
    return taken;
}

} // namespace

TEST_CASE("vm: a stock asks its holder in batches, and not again for what it was given back") {
    std::array<std::uint32_t, 200> given{};
    vm::Stock<Holder> stock;
    stock.note_given_in(given);
    CHECK(stock.free_count() == 200);
    const vm::FrameIndex frame = *stock.take();
    CHECK(stock.held == 64);
    CHECK(stock.free_count() == 199);
    stock.give(frame);
    CHECK(stock.free_count() == 200);
    for (unsigned i = 0; i < 64; ++i)
        CHECK(stock.take().has_value());
    CHECK(stock.asked == 64);
    CHECK(take_all(stock).size() == 200 - 64);
    CHECK(stock.asked == 200);
    CHECK(stock.free_count() == 0);
    CHECK(stock.take().error() == Error::no_memory);
    CHECK(stock.asked == 200); // the table ends here, whatever the holder has
    CHECK(stock.hold_more().error() == Error::no_memory);
}

TEST_CASE("vm: a stock whose holder has nothing says so, and takes what comes later") {
    std::array<std::uint32_t, 200> given{};
    vm::Stock<Holder> stock;
    stock.note_given_in(given);
    stock.allowed = 0;
    CHECK(stock.take().error() == Error::no_memory);
    CHECK(stock.hold_more().error() == Error::no_memory);
    stock.allowed = 10;
    CHECK(take_all(stock).size() == 10);
    stock.give(vm::FrameIndex(3));
    CHECK(stock.hold_more().has_value()); // none came, but one is free
    CHECK(*stock.take() == vm::FrameIndex(3));
    stock.allowed = 30;
    CHECK(take_all(stock).size() == 20);
    stock.named = 30;
    CHECK(stock.free_count() == 0);
}

TEST_CASE("vm: frames of a stock come and go in any order") {
    std::array<std::uint32_t, 100> given{};
    vm::Stock<Holder> stock;
    stock.note_given_in(given);
    std::mt19937 random(7); // NOLINT: the same each time
    std::vector<vm::FrameIndex> taken;
    for (unsigned turn = 0; turn < 20'000; ++turn) {
        CHECK(stock.free_count() == 100 - taken.size());
        if (random() % 2 == 0) {
            const auto frame = stock.take();
            CHECK(frame.has_value() == (taken.size() < 100));
            if (!frame)
                continue;
            CHECK(std::ranges::find(taken, *frame) == taken.end());
            taken.push_back(*frame);
        } else if (!taken.empty()) {
            std::swap(taken[random() % taken.size()], taken.back());
            stock.give(taken.back());
            taken.pop_back();
        }
    }
    CHECK(take_all(stock).size() == 100 - taken.size());
}

TEST_CASE("vm: frames leave a stock and come again, and none is there twice") {
    std::array<std::uint32_t, 100> given{};
    vm::Stock<Holder> stock;
    stock.note_given_in(given);
    CHECK(stock.leave().error() == Error::no_memory); // none was held yet
    std::mt19937 random(7);                           // NOLINT: the same each time
    std::vector<vm::FrameIndex> taken;
    for (unsigned turn = 0; turn < 20'000; ++turn) {
        CHECK(stock.held_count() == stock.there.size());
        CHECK(stock.free_count() == 100 - taken.size());
        if (random() % 3 == 0) {
            const auto left = stock.leave();
            CHECK(left.has_value() == (taken.size() < stock.there.size()));
            if (!left)
                continue;
            CHECK(std::ranges::find(taken, *left) == taken.end());
            CHECK(stock.there.erase(left->raw()) == 1);
            --stock.held; // somebody else has it
        } else if (random() % 2 == 0) {
            stock.allowed = 50 + random() % 51;
            const auto frame = stock.take();
            if (!frame) {
                CHECK(taken.size() >= std::min<std::size_t>(stock.allowed, 100));
                continue;
            }
            CHECK(stock.there.contains(frame->raw()));
            CHECK(std::ranges::find(taken, *frame) == taken.end());
            taken.push_back(*frame);
        } else if (!taken.empty()) {
            std::swap(taken[random() % taken.size()], taken.back());
            stock.give(taken.back());
            taken.pop_back();
        }
    }
}
