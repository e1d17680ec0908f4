// The book of pinned frames by itself; virtio_requests_test.cpp shows what it is for.
// SPDX-License-Identifier: MIT
#include "services/block/pinned.hpp"

#include <doctest/doctest.h>

TEST_CASE("pinned frames: one that is given comes when the last pin on it has gone, once") {
    block::PinnedFrames<3> pinned;
    const FrameRange both{Frame(7), Frame(9)};
    const FrameRange first{Frame(7), Frame(8)};
    CHECK(!pinned.keep(Frame(7)));
    REQUIRE(pinned.pin(both).has_value());
    REQUIRE(pinned.pin(first).has_value());
    REQUIRE(pinned.pin(first).has_value());
    CHECK(pinned.pin(first).error() == Error::too_many);
    CHECK(!pinned.keep(Frame(6)));
    CHECK(!pinned.keep(Frame(9)));
    CHECK(pinned.keep(Frame(8)));
    CHECK(pinned.keep(Frame(7)));
    CHECK(!pinned.take_ended());
    pinned.unpin(first);
    CHECK(!pinned.take_ended());
    pinned.unpin(both);
    CHECK(pinned.take_ended() == Frame(8));
    CHECK(!pinned.take_ended());
    pinned.unpin(first);
    CHECK(pinned.take_ended() == Frame(7));
    CHECK(!pinned.take_ended());

    REQUIRE(pinned.pin(first).has_value()); // taken anew: it is somebody's again
    pinned.unpin(first);
    CHECK(!pinned.take_ended());
    for (const std::uint64_t number : {7U, 8U}) {
        REQUIRE(pinned.pin(both).has_value());
        CHECK(pinned.keep(Frame(number)));
    }
    pinned.unpin_all();
    CHECK(pinned.take_ended());
    CHECK(pinned.take_ended());
    CHECK(!pinned.take_ended());
}
