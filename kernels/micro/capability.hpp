// What a thread may do with others, and with the machine: its capabilities.
// SPDX-License-Identifier: MIT
//
// They lie in the kernel, a table a thread; a thread names one by its slot (abi/micro/ipc.hpp) and
// so can neither forge nor widen it. Used through the gate in authority.hpp only.
#pragma once

#include "abi/micro/objects.hpp"

#include <array>
#include <cstdint>
#include <span>

struct Thread;
class Space;

// Bits of abi::micro::right. They say by themselves what is behind a capability, since each means a
// thread, a space, or the machine.
class CapRights {
public:
    constexpr CapRights() = default;
    explicit constexpr CapRights(std::uint64_t raw)
        : bits_(static_cast<std::uint16_t>(raw & abi::micro::right::ALL)) {}
    static constexpr CapRights send() { return CapRights(abi::micro::right::SEND); }
    static constexpr CapRights of_thread() {
        return CapRights(abi::micro::right::SEND | abi::micro::right::NOTIFY |
                         abi::micro::right::CONTROL);
    }
    static constexpr CapRights of_space() {
        return CapRights(abi::micro::right::MANAGE | abi::micro::right::ENTER);
    }
    static constexpr CapRights of_machine() {
        using namespace abi::micro::right;
        return CapRights(CREATE | MEMORY | INTERRUPTS | DMA | END);
    }
    constexpr CapRights operator&(CapRights other) const { return CapRights(bits_ & other.bits_); }
    constexpr bool contain(CapRights other) const { return (bits_ & other.bits_) == other.bits_; }
    constexpr bool is_empty() const { return bits_ == 0; }

private:
    std::uint16_t bits_ = 0;
};

// An empty slot has no rights.
struct Capability {
    union {
        Thread* receiver = nullptr;
        Space* space;
    };
    std::uint64_t token = 0; // of the thread or space; what comes after it in its place has another
    std::uint64_t badge = 0; // what the receiver learns about the sender
    CapRights rights;

    constexpr bool is_empty() const { return rights.is_empty(); }
};

using abi::micro::CapSlot;
using FewCapabilities = std::array<Capability, abi::micro::FEW_SLOTS>;
using ManyCapabilities = std::array<Capability, abi::micro::MANY_SLOTS>;
