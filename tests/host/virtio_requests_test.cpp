// The disk's requests without waiting, and what becomes of a frame whose owner ends in flight.
// SPDX-License-Identifier: MIT
#include "virtio_device.hpp"

#include <memory>
#include <new>

using namespace virtio_test;
using block::BlockNumber;
using virtio::Operation;

namespace {

// A page of the host's memory that stands for a frame, since the device's addresses are the host's.
struct alignas(PAGE_SIZE) FramePage {
    Block bytes{};
    PhysAddr start() const { return PhysAddr(virtio_test::address_of(bytes.data())); }
    Frame frame() const { return Frame::containing(start()); }
};

Block filled(std::uint8_t value) {
    Block block;
    block.fill(std::byte{value});
    return block;
}

// A kernel that never sleeps: its device works when `device.work()` says so, and not before.
struct Sleepless {
    explicit Sleepless(Manners manners = {}) : device(manners) {
        REQUIRE(requests.start().has_value());
        for (std::size_t i = 0; i < device.blocks.size(); ++i)
            device.blocks[i] = filled(static_cast<std::uint8_t>(i + 1));
        device.visible = {page.start().raw(), other.start().raw()};
    }
    Sleepless(const Sleepless&) = delete;
    Sleepless& operator=(const Sleepless&) = delete;

    Result<void> submit(Operation operation, std::uint64_t number, PhysAddr place) {
        return requests.submit({operation, BlockNumber(number), place});
    }
    bool has_nothing_finished() {
        const Result<void> end = requests.finished();
        return !end && end.error() == Error::would_block;
    }
    void interrupt() {
        device.work();
        requests.on_interrupt();
    }

    Device device;
    FrameOwner owner;
    FramePage page;
    FramePage other;
    Requests requests{Registers{&device}, Memory{&device}, Pins{&owner}};
};

} // namespace

TEST_CASE("virtio requests: one is submitted, and finished after its interrupt, once") {
    Sleepless kernel;
    CHECK(!kernel.requests.is_under_way());
    CHECK(kernel.has_nothing_finished());
    REQUIRE(kernel.submit(Operation::read, 2, kernel.page.start()).has_value());
    CHECK(kernel.requests.is_under_way());
    CHECK(kernel.has_nothing_finished());
    CHECK(kernel.owner.has_pins());
    kernel.interrupt();
    CHECK(kernel.requests.finished().has_value());
    CHECK(kernel.page.bytes == filled(3));
    CHECK(!kernel.owner.has_pins());
    CHECK(kernel.has_nothing_finished());

    REQUIRE(kernel.submit(Operation::write, 5, kernel.page.start()).has_value());
    CHECK(kernel.owner.has_pins());
    kernel.interrupt();
    CHECK(kernel.requests.finished().has_value());
    CHECK(kernel.device.blocks[5] == filled(3));
    const std::uint64_t pins = kernel.owner.pins;
    REQUIRE(kernel.submit(Operation::flush, 0, PhysAddr()).has_value());
    kernel.interrupt();
    CHECK(kernel.requests.finished().has_value());
    CHECK(kernel.owner.pins == pins); // it names no frame
}

TEST_CASE("virtio requests: what is refused pins nothing, and the device hears nothing of it") {
    Sleepless kernel;
    CHECK(kernel.submit(Operation::read, 16, kernel.page.start()).error() == Error::invalid);
    kernel.owner.has_no_room = true;
    CHECK(kernel.submit(Operation::read, 1, kernel.page.start()).error() == Error::too_many);
    CHECK(!kernel.requests.is_under_way());
    kernel.owner.has_no_room = false;
    CHECK(kernel.device.notifications == 0);
    CHECK(kernel.owner.pins == 0);

    REQUIRE(kernel.submit(Operation::read, 1, kernel.page.start()).has_value());
    CHECK(kernel.submit(Operation::read, 2, kernel.other.start()).error() == Error::would_block);
    CHECK(kernel.submit(Operation::flush, 0, PhysAddr()).error() == Error::would_block);
    CHECK(kernel.owner.pins == 1);
    kernel.interrupt();
    CHECK(kernel.requests.finished().has_value());
    CHECK(kernel.page.bytes == filled(2));

    Manners manners;
    manners.features = virtio::FEATURE_VERSION_1 | virtio::FEATURE_READ_ONLY;
    Sleepless reader(manners);
    CHECK(!reader.requests.needs_flush());
    CHECK(reader.submit(Operation::flush, 0, PhysAddr()).error() == Error::not_supported);
    CHECK(reader.submit(Operation::write, 1, reader.page.start()).error() == Error::not_permitted);
    CHECK(reader.owner.pins == 0);
}

TEST_CASE("virtio requests: a frame whose owner ends in flight is free when the request is done") {
    for (const Operation operation : {Operation::read, Operation::write}) {
        Sleepless kernel;
        kernel.page.bytes = filled(0x77);
        REQUIRE(kernel.submit(operation, 3, kernel.page.start()).has_value());
        kernel.owner.give(kernel.page.frame()); // killed, unloaded, revoked: it is nobody's
        kernel.owner.give(kernel.other.frame());
        CHECK(kernel.owner.has_free(kernel.other.frame())); // which no request names
        CHECK(!kernel.owner.has_free(kernel.page.frame()));
        for (unsigned i = 0; i < 3; ++i) { // whoever looks early, or at another interrupt
            CHECK(kernel.has_nothing_finished());
            kernel.requests.on_interrupt();
            CHECK(!kernel.owner.has_free(kernel.page.frame()));
        }
        kernel.device.work(); // the late store, or the late load
        CHECK(!kernel.owner.has_free(kernel.page.frame()));
        kernel.requests.on_interrupt();
        REQUIRE(kernel.requests.finished().has_value());
        CHECK(kernel.owner.has_free(kernel.page.frame()));
        if (operation == Operation::write)
            CHECK(kernel.device.blocks[3] == filled(0x77)); // and not its next owner's bytes
    }
}

TEST_CASE(
    "virtio requests: a frame in flight is free when the device is reset, and then it is left "
    "alone") {
    Sleepless kernel;
    REQUIRE(kernel.submit(Operation::read, 3, kernel.page.start()).has_value());
    kernel.owner.give(kernel.page.frame());
    REQUIRE(kernel.requests.reset().has_value());
    REQUIRE(kernel.owner.has_free(kernel.page.frame()));
    CHECK(kernel.has_nothing_finished());
    kernel.page.bytes = filled(0x55); // its next owner's
    CHECK(!kernel.device.is_asked());
    CHECK(kernel.submit(Operation::read, 3, kernel.other.start()).error() == Error::input_output);

    REQUIRE(kernel.requests.start().has_value()); // both count from 0 again
    CHECK(!kernel.device.is_asked());
    REQUIRE(kernel.submit(Operation::read, 4, kernel.other.start()).has_value());
    kernel.interrupt();
    CHECK(kernel.requests.finished().has_value());
    CHECK(kernel.other.bytes == filled(5));
    CHECK(kernel.page.bytes == filled(0x55));
}

TEST_CASE("virtio requests: until a device says that it is reset, it may still write") {
    Sleepless kernel;
    kernel.device.manners.late_reset = 1500; // longer than reset() asks
    REQUIRE(kernel.submit(Operation::read, 3, kernel.page.start()).has_value());
    kernel.owner.give(kernel.page.frame());
    CHECK(kernel.requests.reset().error() == Error::would_block);
    CHECK(!kernel.owner.has_free(kernel.page.frame()));
    REQUIRE(kernel.device.is_asked());
    kernel.device.work(); // it stores late, where nobody is
    CHECK(kernel.page.bytes == filled(4));
    CHECK(kernel.has_nothing_finished()); // that was ended
    CHECK(!kernel.owner.has_free(kernel.page.frame()));
    kernel.device.manners.late_reset = 10;
    CHECK(kernel.requests.reset().has_value());
    CHECK(kernel.owner.has_free(kernel.page.frame()));
}

TEST_CASE("virtio requests: a device that never resets keeps what it was shown, for ever") {
    Sleepless kernel;
    REQUIRE(kernel.submit(Operation::read, 3, kernel.page.start()).has_value());
    kernel.device.manners.resets = false;
    kernel.device.manners.writes_status = false; // an answer that cannot be true
    kernel.interrupt();
    CHECK(kernel.requests.finished().error() == Error::input_output);
    kernel.owner.give(kernel.page.frame());
    for (unsigned i = 0; i < 3; ++i)
        CHECK(kernel.requests.reset().error() == Error::would_block);
    CHECK(!kernel.owner.has_free(kernel.page.frame()));
    CHECK(!kernel.requests.start().has_value());
    CHECK(!kernel.owner.has_free(kernel.page.frame()));
}

TEST_CASE("virtio requests: a driver that falls in flight is followed by one that resets first") {
    Sleepless kernel;
    REQUIRE(kernel.submit(Operation::read, 3, kernel.page.start()).has_value());
    kernel.owner.give(kernel.page.frame());
    Requests next(Registers{&kernel.device}, Memory{&kernel.device}, Pins{&kernel.owner});
    CHECK(!kernel.owner.has_free(kernel.page.frame()));
    REQUIRE(next.start().has_value());
    CHECK(kernel.owner.has_free(kernel.page.frame()));
    kernel.page.bytes = filled(0x55);
    REQUIRE(next.submit({Operation::read, BlockNumber(6), kernel.other.start()}).has_value());
    kernel.device.work();
    next.on_interrupt();
    CHECK(next.finished().has_value());
    CHECK(kernel.other.bytes == filled(7));
    CHECK(kernel.page.bytes == filled(0x55));
}

TEST_CASE("virtio requests: a device that asks for a reset in flight loses what it was shown") {
    Sleepless kernel;
    kernel.device.manners.asks_for_reset = true;
    REQUIRE(kernel.submit(Operation::write, 3, kernel.page.start()).has_value());
    kernel.owner.give(kernel.page.frame());
    kernel.interrupt();
    CHECK(kernel.requests.finished().error() == Error::input_output);
    CHECK(kernel.device.load(virtio::reg::STATUS) == 0);
    CHECK(kernel.owner.has_free(kernel.page.frame()));
}

TEST_CASE("virtio requests: a block across the border of two frames pins both, or none") {
    Sleepless kernel;
    const auto pages = std::make_unique<std::array<FramePage, 2>>();
    const PhysAddr place = (*pages)[0].start() + PAGE_SIZE / 2;
    kernel.device.visible = {place.raw()};
    REQUIRE(kernel.submit(Operation::read, 1, place).has_value());
    for (const FramePage& page : *pages) {
        kernel.owner.give(page.frame());
        CHECK(!kernel.owner.has_free(page.frame()));
    }
    kernel.interrupt();
    CHECK(kernel.requests.finished().has_value());
    for (const FramePage& page : *pages)
        CHECK(kernel.owner.has_free(page.frame()));
    CHECK((*pages)[0].bytes[PAGE_SIZE / 2] == std::byte{2});
    CHECK((*pages)[1].bytes[PAGE_SIZE / 2 - 1] == std::byte{2});
}

namespace {

struct GivenUp {};

} // namespace

TEST_CASE("virtio disk: whoever is given up while it waits leaves the disk to the next one") {
    for (const bool was_answered : {false, true}) {
        Machine machine;
        REQUIRE(machine.disk.start().has_value());
        machine.device.blocks[1] = filled(1);
        machine.device.blocks[2] = filled(2);
        FramePage page;
        const auto wait = machine.until_interrupt;
        machine.until_interrupt = [] { throw GivenUp(); }; // its stack is gone
        CHECK_THROWS_AS(static_cast<void>(machine.disk.read(BlockNumber(1), page.bytes)), GivenUp);
        machine.until_interrupt = wait;
        machine.owner.give(page.frame());
        CHECK(!machine.owner.has_free(page.frame()));
        if (was_answered)
            wait(); // to nobody
        FramePage next;
        machine.device.visible.push_back(next.start().raw());
        const auto both = machine.device.visible;
        machine.until_interrupt = [&] {
            machine.device.visible = both;
            wait();
        };
        REQUIRE(machine.disk.read(BlockNumber(2), next.bytes).has_value());
        CHECK(machine.owner.has_free(page.frame()));
        CHECK(next.bytes == filled(2));
        CHECK(page.bytes == filled(1));
    }
}
