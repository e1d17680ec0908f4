// Stands where `files` does, and looks at what the disk may reach, also after another has fallen.
// SPDX-License-Identifier: MIT
//
// victim.cpp, in the place of `pager`, falls while a request of its is under way and another of its
// strands waits for its turn. Nothing blocks here before that is judged, so no interrupt is served:
// what the request pinned is not free, and is when the next one was carried out.
#include "kernels/spin/interface/disk.hpp"
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/machine.hpp"
#include "kernels/spin/interface/strand.hpp"

#include "lib/panic.hpp"
#include "lib/print.hpp"

#include <algorithm>
#include <array>

namespace {

constexpr int UNTIL_ALL_IS_LOADED = 1000; // yields
constexpr std::uint64_t BLOCK = 500;      // that nothing else uses

struct alignas(PAGE_SIZE) Block {
    std::array<std::byte, PAGE_SIZE> bytes{};
};

struct Judge {
    spin::FrameQuota frames;
    std::array<spin::FrameCapability, 32768> taken{};
    Block block;
    std::array<std::byte, 2 * PAGE_SIZE> unaligned{};
};
constinit Judge judge;

struct Console {
    void put(std::string_view text) { console_write(text); }
};

void expect_invalid(std::string_view what, PageBytes bytes) {
    const Result<void> read = disk_read(BLOCK, bytes);
    if (read || read.error() != Error::invalid)
        panic(what);
}

PageBytes page_at(std::uint64_t address) {
    return PageBytes(reinterpret_cast<std::byte*>(address), PAGE_SIZE);
}

void ask_for_what_is_not_there() {
    const std::span<std::byte> unaligned(judge.unaligned);
    expect_invalid("a block in two pages was read", unaligned.subspan<8, PAGE_SIZE>());
    const std::byte on_stack{};
    const auto there = reinterpret_cast<std::uint64_t>(&on_stack);
    expect_invalid("a block on a stack was read", page_at(there / PAGE_SIZE * PAGE_SIZE));
    expect_invalid("code was read", page_at(0xffffffc0c0000000));
    expect_invalid("the kernel was read", page_at(0xffffffc080200000));
    expect_invalid("no memory was read", page_at(0xffffffc0bffff000));
    expect_invalid("another's slot was read", page_at(0xffffffc0c7ff0000));
    expect_invalid("a device was read", page_at(0xffffffc010000000));
    const Result<void> beyond = disk_read(disk_block_count(), PageBytes(judge.block.bytes));
    if (beyond || beyond.error() != Error::invalid)
        panic("a block beyond the disk was read");
}

Result<void> write_and_read() {
    const spin::FrameCapability frame = TRY(phys_addr_allocate(judge.frames));
    const std::span<std::byte> memory = TRY(extension_memory(judge.frames, PAGE_SIZE));
    for (std::size_t i = 0; i < PAGE_SIZE; ++i)
        judge.block.bytes[i] = static_cast<std::byte>(i * 7);
    TRY(disk_write(BLOCK, judge.block.bytes));
    TRY(disk_read(BLOCK, frame.bytes()));
    TRY(disk_read(BLOCK, memory.first<PAGE_SIZE>()));
    TRY(disk_flush());
    const auto is_it = [](std::span<const std::byte> bytes) {
        return std::ranges::equal(bytes, judge.block.bytes);
    };
    console_write(is_it(frame.bytes()) && is_it(memory) ? "judge: what was written was read\n"
                                                        : "judge: something else was read\n");
    const PageBytes gone = frame.bytes();
    TRY(phys_addr_deallocate(frame));
    expect_invalid("a free frame was read", gone);
    return {};
}

// All that are free: how many there were.
std::size_t count_frames() {
    std::size_t count = 0;
    while (count < judge.taken.size()) {
        const Result<spin::FrameCapability> frame = phys_addr_allocate(judge.frames);
        if (!frame)
            break;
        judge.taken[count++] = *frame;
    }
    for (std::size_t i = 0; i < count; ++i)
        static_cast<void>(phys_addr_deallocate(judge.taken[i]));
    return count;
}

std::size_t take_memory() {
    std::size_t count = 0;
    while (extension_memory(judge.frames, PAGE_SIZE))
        ++count;
    return count;
}

void judge_fall() {
    for (int i = 0; i < UNTIL_ALL_IS_LOADED; ++i)
        strand_yield();
    const std::size_t frames = count_frames();
    static_cast<void>(take_memory());
    const Result<void> read = disk_read(BLOCK, PageBytes(judge.block.bytes));
    Console console;
    print(console, "judge: ", read ? "the disk serves" : "the disk does not serve", ", ",
          count_frames() - frames, " frames and ", take_memory(), " of the kernel came back\n");
    machine_end(0);
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    judge.frames = quota;
    ask_for_what_is_not_there();
    TRY(write_and_read());
    TRY(strand_create(quota, judge_fall));
    return {};
}
