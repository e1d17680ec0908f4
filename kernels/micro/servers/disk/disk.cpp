// The block driver: the virtio disk as a user-mode server.
// SPDX-License-Identifier: MIT
//
// Before: server_start, for the loop; a request comes from the stubs in client.cpp. Next:
// services/block/virtio (shared_disk.hpp), and for what it waits and pins the kernel.
//
// It trusts neither its clients nor the device. A window is pinned before the device hears of it,
// for what the device will do there: the device asks nobody whether a page may be written.
#include "kernels/micro/servers/disk/client.hpp"
#include "kernels/micro/servers/disk/placement/block_placement.hpp"
#include "kernels/micro/servers/disk/start.hpp"

#include "kernels/micro/library/server.hpp"

#include "lib/print.hpp"

#include <algorithm>

constinit const std::string_view server_name = "disk";

constinit ServedBlock served;

namespace {

namespace label = disk::label;
using micro::Message;
using micro::Received;

constexpr std::uint64_t INTERRUPT = 1; // the notice that the device's interrupt is

struct Driver {
    Disk disk;
    bool works = false;
};
constinit Driver driver;

// Says why there is no disk, if there is none: then every request is refused.
void start_disk(const disk::Start& start) {
    std::array<RegisterSlot, disk::MOST_SLOTS> slots{};
    const std::size_t count = std::min(start.slot_count, slots.size());
    const std::span interrupts(reinterpret_cast<const std::uint64_t*>(start.interrupts.raw()),
                               count);
    for (std::size_t i = 0; i < count; ++i)
        slots[i] = {start.registers + i * PAGE_SIZE, static_cast<std::uint32_t>(interrupts[i])};
    const auto started = driver.disk.start(
        std::span<const RegisterSlot>(slots).first(count),
        [](const RegisterSlot& slot) { return RegisterPage(slot.registers); },
        SharedPage(start.shared_page, start.shared_place));
    if (!started) {
        micro::DebugConsole console;
        print(console, "cannot start: ", started.error(), "\n");
        return;
    }
    // Cannot fail: root gives the right to, and nobody else drives this device.
    MUST(micro::bind_interrupt(driver.disk.interrupt(), INTERRUPT));
    driver.works = true;
}

// The block of REQUEST by its address in the client's memory: a name, which nobody here follows.
block::BlockBytes block_of(const Message& request) {
    return block::BlockBytes(reinterpret_cast<std::byte*>(request.words[3]), block::BLOCK_SIZE);
}

// A block is a page (ServedBlock::pin): that the window is none smaller, the kernel sees to.
static_assert(block::BLOCK_SIZE == PAGE_SIZE);

Result<void> read(const Received& request) {
    const block::BlockNumber number(request.message.words[0]);
    served.begin(request.token, Access::store);
    const Result<void> done = driver.disk.read(number, block_of(request.message));
    served.end();
    return done;
}

Result<void> write(const Received& request) {
    const block::BlockNumber number(request.message.words[0]);
    served.begin(request.token, Access::load);
    const Result<void> done = driver.disk.write(number, block_of(request.message));
    served.end();
    return done;
}

Message describe() {
    return {abi::micro::label::DONE,
            {driver.disk.block_count(), driver.disk.is_read_only() ? 1ULL : 0ULL}};
}

// An interrupt that no request waits for: the device may have something to say of itself.
Message take_note() {
    driver.disk.acknowledge();
    driver.disk.end_abandoned();
    return {}; // to nobody
}

Message serve(const Received& request) {
    if (!driver.works)
        return micro::refusal(Error::input_output);
    switch (request.message.label) {
    case label::READ:
        return micro::answer_of(read(request));
    case label::WRITE:
        return micro::answer_of(write(request));
    case label::FLUSH:
        return micro::answer_of(driver.disk.flush());
    case label::DESCRIBE:
        return describe();
    case abi::micro::label::NOTICES_CAME:
        return take_note();
    default:
        return micro::refusal(Error::invalid);
    }
}

} // namespace

// Who is notified is this server alone, so whatever came is the interrupt; virtio::Disk looks
// whether it is done.
void DiskWait::wait() {
    static_cast<void>(micro::receive(abi::micro::NOTICES));
    driver.disk.acknowledge();
}

// Where root starts the driver, by way of server_start: the words of disk::Start.
extern "C" [[noreturn]] void server_main(std::uint64_t registers, std::uint64_t slot_count,
                                         std::uint64_t interrupts, std::uint64_t shared_page,
                                         std::uint64_t shared_place) {
    start_disk({.registers = VirtAddr(registers),
                .slot_count = slot_count,
                .interrupts = VirtAddr(interrupts),
                .shared_page = VirtAddr(shared_page),
                .shared_place = PhysAddr(shared_place)});
    Received request;
    Message answer{}; // to nobody yet
    for (;;) {
        request = micro::reply_and_wait(request.token, answer);
        answer = serve(request);
    }
}
