// The virtio disk driver against devices that keep to the specification, and devices that do not.
// SPDX-License-Identifier: MIT
#include "virtio_device.hpp"

#include <string>

using namespace virtio_test;
using block::BlockNumber;

namespace {

Block page_of(unsigned seed) {
    Block page;
    for (std::size_t i = 0; i < page.size(); ++i)
        page[i] = static_cast<std::byte>(seed * 31 + i * 7 + i / 256);
    return page;
}

struct RefusedCase {
    std::string name;
    virtio::Refusal why;
    void (*spoil)(Manners&);
};

struct Lie {
    std::string name;
    void (*tell)(std::uint16_t& index, std::uint32_t& id, std::uint32_t& length);
};

const std::vector<Lie> LIES{
    {"an index that is ahead", [](auto& index, auto&, auto&) { index += 1; }},
    {"an index that goes back", [](auto& index, auto&, auto&) { index -= 2; }},
    {"an index far away", [](auto& index, auto&, auto&) { index += 0x8000; }},
    {"another chain", [](auto&, auto& id, auto&) { id = 1; }},
    {"a chain beyond the queue", [](auto&, auto& id, auto&) { id = 0xffffffff; }},
    {"nothing written", [](auto&, auto&, auto& length) { length = 0; }},
    {"less written than asked for", [](auto&, auto&, auto& length) { length -= 1; }},
    {"more written than there is room", [](auto&, auto&, auto& length) { length += 1; }},
    {"a huge length", [](auto&, auto&, auto& length) { length = 0xffffffff; }},
};

void expect_dead(Machine& machine) {
    Block page{};
    CHECK(machine.device.statuses.back() == 0); // reset: it leaves memory alone
    const unsigned before = machine.device.notifications;
    CHECK(machine.disk.read(BlockNumber(0), page).error() == Error::input_output);
    CHECK(machine.disk.write(BlockNumber(0), page).error() == Error::input_output);
    CHECK(machine.disk.flush().error() == Error::input_output);
    CHECK(machine.device.notifications == before);
}

} // namespace

TEST_CASE("virtio disk: a device is brought up in the order of the specification") {
    Machine machine;
    REQUIRE(machine.disk.start().has_value());
    CHECK(machine.device.statuses == std::vector<std::uint32_t>{0, 1, 3, 11, 15});
    CHECK(machine.device.accepted == (virtio::FEATURE_VERSION_1 | virtio::FEATURE_FLUSH));
    CHECK(machine.disk.block_count() == 16);
    CHECK(!machine.disk.is_read_only());
}

TEST_CASE("virtio disk: what was written is read, whenever the interrupts come") {
    Manners manners;
    for (manners.late = 0; manners.late < 3; ++manners.late) {
        Machine machine(manners);
        REQUIRE(machine.disk.start().has_value());
        std::vector<Block> model(16, Block{});
        std::mt19937 random(manners.late);
        for (unsigned i = 0; i < 500; ++i) {
            const std::size_t number = random() % model.size();
            if (random() % 2 == 0) {
                model[number] = page_of(random());
                REQUIRE(machine.disk.write(BlockNumber(number), model[number]).has_value());
            }
            Block page{};
            REQUIRE(machine.disk.read(BlockNumber(number), page).has_value());
            CHECK(page == model[number]);
        }
        CHECK(machine.device.blocks == model);
    }
}

TEST_CASE("virtio disk: the ring's counters wrap") {
    Machine machine;
    REQUIRE(machine.disk.start().has_value());
    const unsigned requests = 70'000; // they have 16 bits
    for (unsigned i = 0; i < requests; ++i)
        if (!machine.disk.flush())
            FAIL("flush ", i);
    CHECK(machine.device.flushes == requests);
    CHECK(machine.device.fences >= 3 * requests);
}

TEST_CASE("virtio disk: a block that is not there is refused before the device hears of it") {
    Manners manners;
    manners.sectors = 8 * 16 + 7; // the last seven are no block
    Machine machine(manners);
    REQUIRE(machine.disk.start().has_value());
    Block page{};
    for (const std::uint64_t number : {16ULL, 17ULL, 1ULL << 61, ~0ULL}) {
        CHECK(machine.disk.read(BlockNumber(number), page).error() == Error::invalid);
        CHECK(machine.disk.write(BlockNumber(number), page).error() == Error::invalid);
    }
    CHECK(machine.device.notifications == 0);
    CHECK(machine.disk.read(BlockNumber(15), page).has_value());
}

TEST_CASE("virtio disk: bytes that the device cannot reach are refused") {
    Machine machine;
    Disk disk(Registers{&machine.device}, Memory{&machine.device, true}, Pins{&machine.owner},
              Wait{&machine.until_interrupt});
    REQUIRE(disk.start().has_value());
    Block page{};
    CHECK(disk.read(BlockNumber(0), page).error() == Error::invalid);
    CHECK(disk.write(BlockNumber(0), page).error() == Error::invalid);
    CHECK(machine.device.notifications == 0);
}

TEST_CASE("virtio disk: a read-only disk is read only") {
    Manners manners;
    manners.features |= virtio::FEATURE_READ_ONLY;
    Machine machine(manners);
    REQUIRE(machine.disk.start().has_value());
    CHECK(machine.disk.is_read_only());
    Block page{};
    CHECK(machine.disk.write(BlockNumber(0), page).error() == Error::not_permitted);
    CHECK(machine.disk.read(BlockNumber(0), page).has_value());
}

TEST_CASE("virtio disk: a device that does not flush is not asked to") {
    Manners manners;
    manners.features = virtio::FEATURE_VERSION_1;
    Machine machine(manners);
    REQUIRE(machine.disk.start().has_value());
    CHECK(machine.disk.flush().has_value());
    CHECK(machine.device.notifications == 0);
}

TEST_CASE("virtio disk: every step that a device refuses has its words") {
    const std::vector<RefusedCase> cases{
        {"magic", virtio::Refusal::not_virtio, [](Manners& m) { m.magic = 0; }},
        {"empty", virtio::Refusal::empty_slot, [](Manners& m) { m.id = 0; }},
        {"network", virtio::Refusal::not_a_disk, [](Manners& m) { m.id = 1; }},
        {"legacy", virtio::Refusal::legacy, [](Manners& m) { m.version = 1; }},
        {"reset", virtio::Refusal::no_reset, [](Manners& m) { m.resets = false; }},
        {"version", virtio::Refusal::no_version_1, [](Manners& m) { m.features = 1 << 9; }},
        {"features", virtio::Refusal::features_refused,
         [](Manners& m) { m.accepts_features = false; }},
        {"queue", virtio::Refusal::no_queue, [](Manners& m) { m.queue_size_max = 0; }},
        {"small", virtio::Refusal::queue_too_small, [](Manners& m) { m.queue_size_max = 3; }},
        {"used", virtio::Refusal::queue_in_use, [](Manners& m) { m.queue_ready = 1; }},
        {"capacity", virtio::Refusal::unstable_capacity,
         [](Manners& m) { m.unstable_reads = 1'000'000; }},
    };
    for (const RefusedCase& refused : cases) {
        CAPTURE(refused.name);
        Manners manners;
        refused.spoil(manners);
        Machine machine(manners);
        const auto started = machine.disk.start();
        REQUIRE(!started.has_value());
        CHECK(started.error() == refused.why);
        CHECK(!to_words(refused.why).empty());
        if (!machine.device.statuses.empty()) // it was touched, so it was reset
            CHECK(machine.device.statuses.back() == 0);
        Block page{};
        CHECK(machine.disk.read(BlockNumber(0), page).has_value() == false);
        CHECK(machine.device.notifications == 0);
        for (const RefusedCase& other : cases)
            CHECK((to_words(other.why) == to_words(refused.why)) == (other.why == refused.why));
    }
}

TEST_CASE("virtio disk: a capacity that changes while it is read is read again") {
    Manners manners;
    manners.unstable_reads = 3;
    Machine machine(manners);
    REQUIRE(machine.disk.start().has_value());
    CHECK(machine.disk.block_count() == 16);
}

TEST_CASE("virtio disk: the smallest queue is enough, and a change of the disk is no failure") {
    Manners manners;
    manners.queue_size_max = virtio::QUEUE_SIZE;
    manners.changes = true;
    manners.late = 1;
    Machine machine(manners);
    REQUIRE(machine.disk.start().has_value());
    Block page{};
    CHECK(machine.disk.write(BlockNumber(1), page_of(1)).has_value());
    CHECK(machine.disk.read(BlockNumber(1), page).has_value());
    CHECK(page == page_of(1));
}

TEST_CASE("virtio disk: a request that fails is an error, and the next one may succeed") {
    for (const std::uint8_t status : {1, 2}) {
        Machine machine;
        REQUIRE(machine.disk.start().has_value());
        Block page{};
        machine.device.manners.status = status;
        CHECK(machine.disk.read(BlockNumber(1), page).error() == Error::input_output);
        CHECK(machine.disk.write(BlockNumber(1), page).error() == Error::input_output);
        CHECK(machine.disk.flush().error() == Error::input_output);
        machine.device.manners.status = 0;
        CHECK(machine.disk.read(BlockNumber(1), page).has_value());
    }
}

TEST_CASE("virtio disk: a device that lies is reset, and never believed again") {
    for (const Lie& lie : LIES) {
        CAPTURE(lie.name);
        Machine machine;
        REQUIRE(machine.disk.start().has_value());
        Block page{};
        REQUIRE(machine.disk.read(BlockNumber(3), page).has_value());
        machine.device.manners.lie = lie.tell;
        CHECK(machine.disk.read(BlockNumber(3), page).error() == Error::input_output);
        machine.device.manners.lie = nullptr;
        expect_dead(machine);
    }
}

TEST_CASE("virtio disk: a status that nobody wrote, or that means nothing, is a lie") {
    for (const std::uint8_t status : {3, 0xff}) {
        Machine machine;
        REQUIRE(machine.disk.start().has_value());
        machine.device.manners.status = status;
        Block page{};
        CHECK(machine.disk.read(BlockNumber(0), page).error() == Error::input_output);
        expect_dead(machine);
    }
}

TEST_CASE("virtio disk: the status of the request before is not taken for this one's") {
    Machine machine;
    REQUIRE(machine.disk.start().has_value());
    Block page{};
    REQUIRE(machine.disk.read(BlockNumber(0), page).has_value());
    machine.device.manners.writes_status = false;
    CHECK(machine.disk.read(BlockNumber(0), page).error() == Error::input_output);
    expect_dead(machine);
}

TEST_CASE("virtio disk: a failure with an impossible length is a lie, too") {
    for (const std::uint32_t impossible : {0, 5000}) {
        Machine machine;
        REQUIRE(machine.disk.start().has_value());
        machine.device.manners.status = 1;
        machine.device.manners.lie = [=](auto&, auto&, auto& length) { length = impossible; };
        Block page{};
        CHECK(machine.disk.read(BlockNumber(0), page).error() == Error::input_output);
        expect_dead(machine);
    }
}

TEST_CASE("virtio disk: a device that asks for a reset while a request waits ends it") {
    Machine machine;
    REQUIRE(machine.disk.start().has_value());
    machine.device.manners.asks_for_reset = true;
    Block page{};
    CHECK(machine.disk.read(BlockNumber(0), page).error() == Error::input_output);
    expect_dead(machine);
}

TEST_CASE("virtio disk: garbage over the whole shared page harms nothing") {
    for (unsigned seed = 0; seed < 200; ++seed) {
        Machine machine;
        REQUIRE(machine.disk.start().has_value());
        for (unsigned i = 0; i < seed; ++i) // the counters stand somewhere else each time
            REQUIRE(machine.disk.flush().has_value());
        machine.device.manners.scribbles = true;
        Block page = page_of(seed);
        CHECK(!machine.disk.read(BlockNumber(1), page).has_value());
        CHECK(page == page_of(seed));
        expect_dead(machine);
    }
}
