// Capabilities: to whom a thread may send, with which rights, and known there by which badge.
// SPDX-License-Identifier: MIT
//
// They lie in the kernel, a short table a thread; a thread names one by its slot
// (abi/micro/ipc.hpp) and so can neither forge nor widen it. Used through the gate in authority.hpp
// only.
#pragma once

#include "abi/micro/ipc.hpp"

#include <array>
#include <cstdint>

struct Thread;

class CapRights {
public:
    constexpr CapRights() = default;
    static constexpr CapRights send() {
        return CapRights(1);
    } // messages, and to wait for the answer
    static constexpr CapRights map() {
        return CapRights(2);
    } // the answer may put pages into my space
    constexpr CapRights operator|(CapRights other) const {
        return CapRights(static_cast<std::uint8_t>(bits_ | other.bits_));
    }
    constexpr bool contain(CapRights other) const { return (bits_ & other.bits_) == other.bits_; }

private:
    explicit constexpr CapRights(std::uint8_t bits) : bits_(bits) {}
    std::uint8_t bits_ = 0;
};

// An empty slot has no rights.
struct Capability {
    Thread* receiver = nullptr;
    std::uint64_t token = 0; // the receiver's; who comes after it in its place has another
    std::uint64_t badge = 0; // what the receiver learns about the sender
    CapRights rights;
};

using abi::micro::CapSlot;
using Capabilities = std::array<Capability, 4>;
