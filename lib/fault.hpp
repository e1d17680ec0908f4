// Rights, kinds of access, and a page fault as every part of the system speaks of it.
// SPDX-License-Identifier: MIT
//
// A kernel's fault_receive makes a Fault from what the machine reports; services/vm resolves it;
// the answer carries Rights, which the kernel's fault_install turns into page-table flags.
#pragma once

#include "lib/address.hpp"

#include <cstdint>
#include <string_view>

// The values are the rights that each kind needs (Rights below).
enum class Access : std::uint8_t { load = 1, store = 2, fetch = 4 };

// Whether RAW, from the ABI, is one of them.
constexpr bool is_access(std::uint64_t raw) { return raw == 1 || raw == 2 || raw == 4; }

constexpr std::string_view to_words(Access access) {
    switch (access) {
    case Access::load:
        return "load page fault";
    case Access::store:
        return "store page fault";
    case Access::fetch:
        return "instruction page fault";
    }
    return "unknown access";
}

// What may be done with a page: any of read, write, execute. Rights can be compared, and shrunk
// with `&`.
class Rights {
public:
    constexpr Rights() = default;
    static constexpr Rights none() { return Rights(0); }
    static constexpr Rights read() { return Rights(1); }
    static constexpr Rights read_write() { return Rights(1 | 2); }
    static constexpr Rights read_execute() { return Rights(1 | 4); }
    static constexpr Rights all() { return Rights(1 | 2 | 4); }
    // From the ABI; bits that mean nothing are dropped.
    static constexpr Rights from_raw(std::uint64_t raw) {
        return Rights(static_cast<std::uint8_t>(raw & 7));
    }

    constexpr bool can_read() const { return (bits_ & 1) != 0; }
    constexpr bool can_write() const { return (bits_ & 2) != 0; }
    constexpr bool can_execute() const { return (bits_ & 4) != 0; }
    constexpr bool contain(Rights other) const { return (bits_ & other.bits_) == other.bits_; }
    constexpr bool allow(Access access) const {
        return (bits_ & static_cast<std::uint8_t>(access)) != 0;
    }
    constexpr Rights operator&(Rights other) const {
        return Rights(static_cast<std::uint8_t>(bits_ & other.bits_));
    }
    constexpr std::uint64_t raw() const { return bits_; }
    constexpr bool operator==(const Rights&) const = default;

private:
    explicit constexpr Rights(std::uint8_t bits) : bits_(bits) {}
    std::uint8_t bits_ = 0;
};

struct Fault {
    VirtAddr address; // that was accessed
    VirtAddr pc;      // of the instruction that accessed it
    Access access;
};

static_assert(Rights::from_raw(Rights::read_write().raw()) == Rights::read_write());
static_assert(Rights::read_write().allow(Access::store) && !Rights::read().allow(Access::store));
static_assert(Rights::read_execute().allow(Access::fetch) && Rights::read().allow(Access::load));
