// The exokernel's book of frames: who owns which, and when one is free again.
// SPDX-License-Identifier: MIT
#include "kernels/exo/frames.hpp"

#include <doctest/doctest.h>

#include <vector>

namespace {

constexpr EnvironmentId FIRST(1);
constexpr EnvironmentId SECOND(2);
constexpr std::uint32_t LAST_EPOCH = Epoch::COUNT - 1;

// Frames 1000..1007 in a table of their own.
struct Machine {
    std::vector<FrameRecord> records = std::vector<FrameRecord>(8);
    FrameTable frames;
    Machine() { frames.adopt(Frame(1000), records); }
};

} // namespace

TEST_CASE("frame table: a free frame is given by name, once") {
    Machine machine;
    CHECK(machine.frames.allocate(Frame(1000), FIRST) == Epoch(0));
    CHECK(machine.frames.allocate(Frame(1000), SECOND).error() == Error::not_permitted);
    CHECK(machine.frames.allocate(Frame(999), FIRST).error() == Error::bad_address);
    CHECK(machine.frames.allocate(Frame(1008), FIRST).error() == Error::bad_address);
    CHECK(machine.frames.allocate(Frame(~0ULL), FIRST).error() == Error::bad_address);
}

TEST_CASE("frame table: a frame given back is another frame to old capabilities") {
    Machine machine;
    REQUIRE(machine.frames.allocate(Frame(1003), FIRST));
    REQUIRE(machine.frames.deallocate(Frame(1003), Epoch(0)));
    CHECK(machine.frames.live(Frame(1003), Epoch(0)).error() == Error::not_permitted);
    CHECK(machine.frames.live(Frame(1003), Epoch(1)).error() == Error::not_permitted); // nobody's
    CHECK(machine.frames.allocate(Frame(1003), SECOND) == Epoch(1));
    CHECK(machine.frames.live(Frame(1003), Epoch(0)).error() == Error::not_permitted);
    CHECK(machine.frames.deallocate(Frame(1003), Epoch(0)).error() == Error::not_permitted);
    CHECK(machine.frames.live(Frame(1003), Epoch(1)).has_value());
}

TEST_CASE("frame table: what is given back in use is free after its last use") {
    Machine machine;
    FrameRecord& record = machine.frames.record(Frame(1003));
    REQUIRE(machine.frames.allocate(Frame(1003), FIRST));
    record.bindings = 1;
    record.mappings = 1;
    record.pins = 1;
    CHECK(machine.frames.deallocate(Frame(1003), Epoch(0)).has_value());
    CHECK(record.owner == FrameRecord::NOBODY);
    CHECK(machine.frames.live(Frame(1003), Epoch(0)).error() == Error::not_permitted);
    CHECK(machine.frames.deallocate(Frame(1003), Epoch(1)).error() == Error::not_permitted);
    for (const auto end_use :
         {+[](FrameRecord& used) { used.bindings = 0; }, +[](FrameRecord& used) { used.pins = 0; },
          +[](FrameRecord& used) { used.mappings = 0; }}) {
        CHECK_FALSE(record.is_free());
        CHECK(machine.frames.allocate(Frame(1003), SECOND).error() == Error::not_permitted);
        end_use(record);
    }
    CHECK(record.is_free());
    CHECK(machine.frames.allocate(Frame(1003), SECOND) == Epoch(1));
}

TEST_CASE("frame table: each use alone keeps a frame from being given") {
    Machine machine;
    FrameRecord& record = machine.frames.record(Frame(1003));
    for (const FrameRecord used : {FrameRecord{0, FrameRecord::NOBODY, 1, 0, 0},
                                   FrameRecord{0, FrameRecord::NOBODY, 0, 1, 0},
                                   FrameRecord{0, FrameRecord::NOBODY, 0, 0, 1}}) {
        record = used;
        CHECK(machine.frames.allocate(Frame(1003), FIRST).error() == Error::not_permitted);
    }
}

TEST_CASE("frame table: whose owner has gone is nobody's, and stays with who binds it") {
    Machine machine;
    REQUIRE(machine.frames.allocate(Frame(1003), FIRST));
    machine.frames.record(Frame(1003)).bindings = 2; // FIRST's and another's
    machine.frames.disown(Frame(1003), SECOND);      // not its own
    CHECK(machine.frames.live(Frame(1003), Epoch(0)).has_value());
    CHECK(machine.frames.owned(FIRST) == 1);
    machine.frames.disown(Frame(1003), FIRST);
    CHECK(machine.frames.owned(FIRST) == 0);
    CHECK(machine.frames.live(Frame(1003), Epoch(0)).error() == Error::not_permitted);
    machine.frames.record(Frame(1003)).bindings -= 1;
    CHECK(machine.frames.allocate(Frame(1003), SECOND).error() == Error::not_permitted);
    machine.frames.disown(Frame(1003), FIRST); // it is already
    machine.frames.disown(Frame(1003), EnvironmentId());
    CHECK(machine.frames.record(Frame(1003)).epoch == 1);
    machine.frames.record(Frame(1003)).bindings -= 1;
    CHECK(machine.frames.allocate(Frame(1003), SECOND) == Epoch(1));
}

TEST_CASE("frame table: only a frame with one binding and no other use can be built in") {
    Machine machine;
    REQUIRE(machine.frames.allocate(Frame(1003), FIRST));
    FrameRecord& record = machine.frames.record(Frame(1003));
    CHECK_FALSE(machine.frames.is_alone(Frame(1003), FIRST));
    record.bindings = 1;
    const FrameRecord alone = record;
    CHECK(machine.frames.is_alone(Frame(1003), FIRST));
    CHECK_FALSE(machine.frames.is_alone(Frame(1003), SECOND));
    CHECK_FALSE(machine.frames.is_alone(Frame(1003), EnvironmentId()));
    for (const auto use :
         {+[](FrameRecord& used) { used.bindings = 2; },
          +[](FrameRecord& used) { used.mappings = 1; }, +[](FrameRecord& used) { used.pins = 1; },
          +[](FrameRecord& used) { used.epoch = LAST_EPOCH; },
          +[](FrameRecord& used) { used.owner = FrameRecord::NOBODY; }}) {
        use(record);
        CHECK_FALSE(machine.frames.is_alone(Frame(1003), FIRST));
        record = alone;
    }
}

TEST_CASE("frame table: what is built in has no capability, and its new owner's count") {
    Machine machine;
    REQUIRE(machine.frames.allocate(Frame(1003), FIRST));
    machine.frames.record(Frame(1003)).bindings = 1;
    CHECK(machine.frames.owned(FIRST) == 1);
    machine.frames.take_over(Frame(1003), SECOND);
    CHECK(machine.frames.owned(FIRST) == 0);
    CHECK(machine.frames.owned(SECOND) == 1);
    CHECK(machine.frames.record(Frame(1003)).bindings == 0);
    CHECK(machine.frames.live(Frame(1003), Epoch(0)).error() == Error::not_permitted);
    CHECK(machine.frames.deallocate(Frame(1003), Epoch(0)).error() == Error::not_permitted);
    CHECK(machine.frames.allocate(Frame(1003), FIRST).error() == Error::not_permitted);
    // Common to two environments it is neither's; the last one gives it back.
    machine.frames.make_common(Frame(1003));
    CHECK(machine.frames.owned(SECOND) == 0);
    machine.frames.disown(Frame(1003), SECOND);
    CHECK_FALSE(machine.frames.record(Frame(1003)).is_free());
    machine.frames.disown(Frame(1003), EnvironmentId::kernel());
    CHECK(machine.frames.record(Frame(1003)).is_free());
    CHECK(machine.frames.allocate(Frame(1003), FIRST) == Epoch(2));
}

TEST_CASE("frame table: who owns how many is counted on every way") {
    Machine machine;
    for (std::uint64_t frame = 1000; frame < 1004; ++frame)
        REQUIRE(machine.frames.allocate(Frame(frame), FIRST));
    REQUIRE(machine.frames.take(SECOND) == Frame(1007));
    CHECK_FALSE(machine.frames.allocate(Frame(1000), SECOND));
    REQUIRE(machine.frames.deallocate(Frame(1000), Epoch(0)));
    machine.frames.disown(Frame(1001), FIRST);
    machine.frames.take_over(Frame(1002), SECOND);
    CHECK(machine.frames.owned(FIRST) == 1);
    CHECK(machine.frames.owned(SECOND) == 2);
    CHECK(machine.frames.owned(EnvironmentId(abi::exo::ENVIRONMENTS)) == 0);
}

TEST_CASE("frame table: a frame whose epochs are used up is never given again") {
    Machine machine;
    REQUIRE(machine.frames.allocate(Frame(1003), FIRST));
    machine.frames.record(Frame(1003)).epoch = LAST_EPOCH;
    CHECK(machine.frames.deallocate(Frame(1003), Epoch(LAST_EPOCH)).error() ==
          Error::not_permitted);
    CHECK(machine.frames.live(Frame(1003), Epoch(LAST_EPOCH)).has_value());
    machine.frames.disown(Frame(1003), FIRST); // its owner has ended: it is the kernel's, for ever
    CHECK(machine.frames.owned(FIRST) == 0);
    CHECK(machine.frames.record(Frame(1003)).owner == FrameRecord::KERNEL);
    machine.frames.disown(Frame(1003), EnvironmentId::kernel());
    CHECK(machine.frames.allocate(Frame(1003), SECOND).error() == Error::not_permitted);
}

TEST_CASE("frame table: the kernel takes from the top, and finds what came back") {
    Machine machine;
    CHECK(machine.frames.take(EnvironmentId::kernel()) == Frame(1007));
    CHECK(machine.frames.take(EnvironmentId::kernel()) == Frame(1006));
    REQUIRE(machine.frames.allocate(Frame(1005), FIRST));
    CHECK(machine.frames.take(EnvironmentId::kernel()) == Frame(1004));
    REQUIRE(machine.frames.deallocate(Frame(1005), Epoch(0)));
    CHECK(machine.frames.take(EnvironmentId::kernel()) == Frame(1005));
    for (unsigned i = 0; i < 4; ++i)
        CHECK(machine.frames.take(EnvironmentId::kernel()).has_value());
    CHECK(machine.frames.take(EnvironmentId::kernel()).error() == Error::no_memory);
}
