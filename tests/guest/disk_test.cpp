// The disk driver on the real machine: a kernel that does nothing but read and write blocks.
// SPDX-License-Identifier: MIT
//
// tests/machine/disk_test.cpp starts it with a disk of DISK_BLOCKS blocks whose words it filled in,
// looks at the image afterwards, and starts it once more without a disk (program=no-disk).
#include "test.hpp"

#include "arch/riscv/console.hpp"
#include "arch/riscv/dma.hpp"
#include "arch/riscv/idle.hpp"
#include "arch/riscv/machine.hpp"
#include "arch/riscv/mmio.hpp"
#include "arch/riscv/plic.hpp"
#include "arch/riscv/upcalls.hpp"
#include "services/block/virtio/disk.hpp"

#include <optional>

namespace {

// The same in tests/machine/disk_test.cpp.
constexpr std::uint64_t DISK_BLOCKS = 64;
constexpr block::BlockNumber WRITTEN(5);
constexpr std::uint64_t WRITTEN_SEED = 0x600d;
constexpr std::uint64_t word_of(std::uint64_t seed, std::uint64_t index) {
    return seed << 32 | index;
}

// Waiting as a kernel does while it boots: nobody else could run.
struct IdleWait {
    void wait();
};
// A frame owner's part: what is given while the device may reach it does not come back at once.
struct Pins {
    Result<void> pin(FrameRange frames);
    void unpin(FrameRange frames);
    void unpin_all();
};
static_assert(block::FramePins<Pins>);
using Disk = virtio::Disk<DeviceRegisters, DmaPage, Pins, IdleWait>;
static_assert(block::Device<Disk>);
using Requests = virtio::Requests<DeviceRegisters, DmaPage, Pins>;

struct World {
    Hart hart;
    Plic plic;
    std::optional<Disk> disk;
    std::uint32_t disk_interrupt = 0;
    std::uint64_t interrupts = 0; // of the disk
    std::uint64_t waits = 0;      // for it
    virtio::Refusal refusal = virtio::Refusal::empty_slot;
    Frame buffer;
    PhysAddr registers;
    Frame shared;                     // with the device
    std::optional<Requests> requests; // in place of the disk, once a test has no use for waiting
    block::PinnedFrames<1> pinned;
    std::uint64_t came_back = 0; // frames that were given while they were pinned
};
constinit World world;

void count_ended() {
    while (world.pinned.take_ended())
        world.came_back += 1;
}

Result<void> Pins::pin(FrameRange frames) { return world.pinned.pin(frames); }
void Pins::unpin(FrameRange frames) {
    world.pinned.unpin(frames);
    count_ended();
}
void Pins::unpin_all() {
    world.pinned.unpin_all();
    count_ended();
}

void take_interrupts() {
    while (const std::uint32_t source = world.plic.claim()) {
        if (source == world.disk_interrupt) {
            world.interrupts += 1;
            if (world.requests)
                world.requests->on_interrupt();
            else
                world.disk->on_interrupt();
        }
        world.plic.complete(source);
    }
}

void IdleWait::wait() {
    world.waits += 1;
    idle_until_interrupt();
    take_interrupts();
}

void find_disk(const BootInfo& boot) {
    Frame next = boot.free_frames.first;
    zero_page(frame_bytes(next));
    world.shared = next;
    world.buffer = next + 1;
    for (std::size_t i = 0; i < boot.virtio_count && !world.disk; ++i) {
        const DeviceInfo& slot = boot.virtio[i];
        world.disk.emplace(DeviceRegisters(slot.registers.start), DmaPage(next), Pins(),
                           IdleWait());
        const virtio::Started<void> started = world.disk->start();
        if (started) {
            world.disk_interrupt = slot.interrupt;
            world.registers = slot.registers.start;
            world.plic.enable(slot.interrupt);
        } else {
            if (started.error() != virtio::Refusal::empty_slot)
                world.refusal = started.error();
            world.disk.reset();
        }
    }
}

void fill(PageBytes bytes, std::uint64_t seed) {
    for (std::uint64_t i = 0; i < PAGE_SIZE / 8; ++i)
        MUST(store(bytes, 8 * i, word_of(seed, i))); // fits: 512 words of 8 bytes
}

bool holds(PageBytes bytes, std::uint64_t seed) {
    for (std::uint64_t i = 0; i < PAGE_SIZE / 8; ++i)
        if (*load<std::uint64_t>(bytes, 8 * i) != word_of(seed, i))
            return false;
    return true;
}

PageBytes buffer() { return frame_bytes(world.buffer); }

// Is there no answer yet? One that is no success fails the test.
bool is_under_way() {
    const Result<void> end = world.requests->finished();
    CHECK((end.has_value() || end.error() == Error::would_block));
    return !end;
}

} // namespace

void on_syscall(TrapFrame& /*frame*/) { panic("no program runs here"); }
void on_page_fault(TrapFrame& /*frame*/) { panic("no program runs here"); }
void on_exception(TrapFrame& /*frame*/) { panic("no program runs here"); }
void on_timer() { panic("no timer runs here"); }
void on_device() { panic("interrupts are noticed in wait"); }

TEST_CASE("the disk is as large as its image") { CHECK(world.disk->block_count() == DISK_BLOCKS); }

TEST_CASE("every block is what the host wrote there") {
    for (std::uint64_t number = 0; number < DISK_BLOCKS; ++number) {
        REQUIRE(world.disk->read(block::BlockNumber(number), buffer()).has_value());
        CHECK(holds(buffer(), number));
    }
}

TEST_CASE("a block that was written and flushed is read back") {
    fill(buffer(), WRITTEN_SEED);
    REQUIRE(world.disk->write(WRITTEN, buffer()).has_value());
    REQUIRE(world.disk->flush().has_value());
    zero_page(buffer());
    REQUIRE(world.disk->read(WRITTEN, buffer()).has_value());
    CHECK(holds(buffer(), WRITTEN_SEED));
    REQUIRE(world.disk->read(WRITTEN + 1, buffer()).has_value());
    CHECK(holds(buffer(), WRITTEN.raw() + 1));
}

TEST_CASE("each answer is awaited, however fast, and its interrupt ends when it is taken") {
    const std::uint64_t waits = world.waits;
    const std::uint64_t interrupts = world.interrupts;
    for (unsigned i = 0; i < 10; ++i)
        REQUIRE(world.disk->read(block::BlockNumber(0), buffer()).has_value());
    CHECK(world.waits - waits == 10);
    CHECK(world.interrupts - interrupts == 10);
    CHECK(!csr::device_is_pending());
    CHECK(world.disk->flush().has_value()); // and the next one comes
}

TEST_CASE("blocks beyond the end are refused") {
    CHECK(world.disk->read(block::BlockNumber(DISK_BLOCKS), buffer()).error() == Error::invalid);
    CHECK(world.disk->write(block::BlockNumber(~0ULL), buffer()).error() == Error::invalid);
    CHECK(world.disk->read(block::BlockNumber(DISK_BLOCKS - 1), buffer()).has_value());
}

TEST_CASE("bytes outside of the direct map are refused") {
    const PageBytes device(reinterpret_cast<std::byte*>(EXTENSION_SLOTS - PAGE_SIZE + 8),
                           PAGE_SIZE);
    CHECK(world.disk->read(block::BlockNumber(0), device).error() == Error::invalid);
    const PageBytes low(reinterpret_cast<std::byte*>(0x10000000), PAGE_SIZE);
    CHECK(world.disk->read(block::BlockNumber(0), low).error() == Error::invalid);
}

TEST_CASE("a kernel that never sleeps submits, goes on, and finds the request finished") {
    world.requests.emplace(DeviceRegisters(world.registers), DmaPage(world.shared), Pins());
    REQUIRE(world.requests->start().has_value()); // resets what the disk above left
    const virtio::Request request{virtio::Operation::read, block::BlockNumber(9),
                                  world.buffer.start()};
    zero_page(buffer());
    REQUIRE(world.requests->submit(request).has_value());
    CHECK(world.requests->submit(request).error() == Error::would_block);
    CHECK(world.pinned.keep(world.buffer)); // its owner ends
    CHECK(world.came_back == 0);
    while (is_under_way()) {
        CHECK(world.came_back == 0);
        IdleWait().wait();
    }
    CHECK(world.came_back == 1);
    CHECK(holds(buffer(), 9));
    CHECK(world.requests->finished().error() == Error::would_block); // it was told once
}

TEST_CASE("a device that was reset in the middle of a request leaves memory alone") {
    for (std::uint64_t number = 0; number < DISK_BLOCKS; ++number) {
        const std::uint64_t before = world.came_back;
        REQUIRE(world.requests
                    ->submit(
                        {virtio::Operation::read, block::BlockNumber(number), world.buffer.start()})
                    .has_value());
        CHECK(world.pinned.keep(world.buffer));
        REQUIRE(world.requests->reset().has_value());
        CHECK(world.came_back == before + 1);
        fill(buffer(), WRITTEN_SEED); // its new owner's
        REQUIRE(world.requests->start().has_value());
        CHECK(is_under_way());
        // The next request goes elsewhere, and when it is done the one before would be, too.
        REQUIRE(world.requests
                    ->submit({virtio::Operation::read, block::BlockNumber(number),
                              (world.buffer + 1).start()})
                    .has_value());
        while (is_under_way())
            IdleWait().wait();
        CHECK(holds(buffer(), WRITTEN_SEED));
        CHECK(
            holds(frame_bytes(world.buffer + 1), number == WRITTEN.raw() ? WRITTEN_SEED : number));
    }
}

extern "C" [[noreturn]] void kernel_main(const BootInfo& boot) {
    world.hart.id = boot.hart;
    adopt_hart(world.hart);
    csr::write_stvec(reinterpret_cast<std::uint64_t>(trap_vector));
    world.plic = Plic(boot.plic);
    find_disk(boot);
    if (!world.disk) {
        Console console;
        print(console, "no disk: ", to_words(world.refusal), "\n");
        end_machine(2);
    }
    end_machine(test::run_test_cases() == 0 ? 0 : 1);
}
