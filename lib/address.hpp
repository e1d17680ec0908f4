// Addresses, frames and pages: one type for each thing that a number could mean.
// SPDX-License-Identifier: MIT
//
// Three tiers: an address (a byte), a frame or page (a number of 4 KiB units), a range of them.
// Physical and virtual never mix; going from one to the other is somebody's decision and has a
// name. `.raw()` is for arch/, abi/ and codec code.
#pragma once

#include <compare>
#include <cstdint>

inline constexpr std::uint64_t PAGE_SIZE = 4096; // bytes
inline constexpr unsigned PAGE_SHIFT = 12;

// A byte of physical memory.
class PhysAddr {
public:
    constexpr PhysAddr() = default;
    explicit constexpr PhysAddr(std::uint64_t raw) : raw_(raw) {}
    constexpr std::uint64_t raw() const { return raw_; }
    constexpr PhysAddr operator+(std::uint64_t bytes) const { return PhysAddr(raw_ + bytes); }
    constexpr std::uint64_t operator-(PhysAddr other) const { return raw_ - other.raw_; }
    constexpr auto operator<=>(const PhysAddr&) const = default;

private:
    std::uint64_t raw_ = 0;
};

// A byte of some virtual address space.
class VirtAddr {
public:
    constexpr VirtAddr() = default;
    explicit constexpr VirtAddr(std::uint64_t raw) : raw_(raw) {}
    constexpr std::uint64_t raw() const { return raw_; }
    constexpr VirtAddr operator+(std::uint64_t bytes) const { return VirtAddr(raw_ + bytes); }
    constexpr std::uint64_t operator-(VirtAddr other) const { return raw_ - other.raw_; }
    constexpr std::uint64_t offset_in_page() const { return raw_ & (PAGE_SIZE - 1); }
    constexpr auto operator<=>(const VirtAddr&) const = default;

private:
    std::uint64_t raw_ = 0;
};

// A page frame: 4 KiB of physical memory, by number (physical address / 4096).
class Frame {
public:
    constexpr Frame() = default;
    explicit constexpr Frame(std::uint64_t number) : number_(number) {}
    static constexpr Frame containing(PhysAddr address) {
        return Frame(address.raw() >> PAGE_SHIFT);
    }
    constexpr std::uint64_t number() const { return number_; }
    constexpr PhysAddr start() const { return PhysAddr(number_ << PAGE_SHIFT); }
    constexpr Frame operator+(std::uint64_t frames) const { return Frame(number_ + frames); }
    constexpr std::uint64_t operator-(Frame other) const { return number_ - other.number_; }
    constexpr auto operator<=>(const Frame&) const = default;

private:
    std::uint64_t number_ = 0;
};

// A page: 4 KiB of a virtual address space, by number (virtual address / 4096).
class Page {
public:
    constexpr Page() = default;
    explicit constexpr Page(std::uint64_t number) : number_(number) {}
    static constexpr Page containing(VirtAddr address) { return Page(address.raw() >> PAGE_SHIFT); }
    constexpr std::uint64_t number() const { return number_; }
    constexpr VirtAddr start() const { return VirtAddr(number_ << PAGE_SHIFT); }
    constexpr Page operator+(std::uint64_t pages) const { return Page(number_ + pages); }
    constexpr std::uint64_t operator-(Page other) const { return number_ - other.number_; }
    constexpr auto operator<=>(const Page&) const = default;

private:
    std::uint64_t number_ = 0;
};

// Half-open ranges.
struct FrameRange {
    Frame first;
    Frame end;
    constexpr std::uint64_t count() const { return end - first; }
};

struct PhysRange {
    PhysAddr start;
    PhysAddr end;
    constexpr std::uint64_t size() const { return end - start; }
};

constexpr std::uint64_t pages_to_hold(std::uint64_t bytes) {
    return (bytes + PAGE_SIZE - 1) >> PAGE_SHIFT;
}

static_assert(Page::containing(VirtAddr(0x1234)).start() == VirtAddr(0x1000));
static_assert(Frame::containing(PhysAddr(0x1fff)).number() == 1);
