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
using Disk = virtio::Disk<DeviceRegisters, DmaPage, IdleWait>;
static_assert(block::Device<Disk>);

struct World {
    Hart hart;
    Plic plic;
    std::optional<Disk> disk;
    std::uint32_t disk_interrupt = 0;
    std::uint64_t interrupts = 0; // of the disk
    std::uint64_t waits = 0;      // for it
    virtio::Refusal refusal = virtio::Refusal::empty_slot;
    Frame buffer;
};
constinit World world;

void take_interrupts() {
    while (const std::uint32_t source = world.plic.claim()) {
        if (source == world.disk_interrupt) {
            world.interrupts += 1;
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
    world.buffer = next + 1;
    for (std::size_t i = 0; i < boot.virtio_count && !world.disk; ++i) {
        const DeviceInfo& slot = boot.virtio[i];
        world.disk.emplace(DeviceRegisters(slot.registers.start), DmaPage(next), IdleWait());
        const virtio::Started<void> started = world.disk->start();
        if (started) {
            world.disk_interrupt = slot.interrupt;
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
