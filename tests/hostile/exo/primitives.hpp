// The exokernel's primitives by hand, with any argument; and the addresses that attacks need.
// SPDX-License-Identifier: MIT
//
// An attack goes past the library OS (ExOS) that it shares its environment with, so it keeps to
// slots and addresses that ExOS has no use for (kernels/exo/libos/slots.hpp).
#pragma once

#include "tests/hostile/call.hpp"

#include "abi/address_map.h"
#include "abi/errors.hpp"
#include "abi/exo/environment.hpp"
#include "abi/exo/exposed.hpp"
#include "abi/exo/primitives.hpp"
#include "lib/address.hpp"

namespace hostile {

using abi::exo::Capability;
using abi::exo::NONE;
using abi::exo::Primitive;
using abi::exo::SELF;

inline constexpr std::uint64_t READ = 1, WRITE = 2, EXECUTE = 4, ALL = 7;

inline constexpr std::uint64_t SLOT = 255; // of part 0, as 226 to 254
inline constexpr std::uint64_t PART = 5;   // open_workshop gives it
inline constexpr std::uint64_t SLOTS = PART * abi::exo::PART_SLOTS;
inline constexpr std::uint64_t SCRATCH = 0x20000000; // the 2 MiB from here on are nobody's

inline Answer primitive(Primitive number, std::uint64_t a0 = 0, std::uint64_t a1 = 0,
                        std::uint64_t a2 = 0, std::uint64_t a3 = 0) {
    Registers registers{};
    registers[reg::A0] = a0;
    registers[reg::A1] = a1;
    registers[reg::A2] = a2;
    registers[reg::A3] = a3;
    registers[reg::A7] = static_cast<std::uint64_t>(number);
    ecall_with(registers);
    return {static_cast<std::int64_t>(registers[reg::A0]), registers[reg::A1], 0};
}
inline std::int64_t ask(Primitive number, std::uint64_t a0 = 0, std::uint64_t a1 = 0,
                        std::uint64_t a2 = 0, std::uint64_t a3 = 0) {
    return primitive(number, a0, a1, a2, a3).first;
}
inline Capability ask_for_capability(Primitive number, std::uint64_t a0, std::uint64_t a1) {
    const Answer answer = primitive(number, a0, a1);
    return {static_cast<std::uint64_t>(answer.first), answer.second};
}

// The machine's clock, in ticks.
inline std::uint64_t read_time() {
    std::uint64_t time = 0;
    asm volatile("rdtime %0" : "=r"(time));
    return time;
}

inline Capability allocate(std::uint64_t frame) {
    return ask_for_capability(Primitive::allocate, frame, NONE);
}
inline std::int64_t allocate(std::uint64_t frame, std::uint64_t slot) {
    return ask(Primitive::allocate, frame, slot);
}
inline std::int64_t deallocate(const Capability& capability) {
    return ask(Primitive::deallocate, capability.name, capability.authenticator);
}
inline std::int64_t bind(const Capability& capability, std::uint64_t slot) {
    return ask(Primitive::bind, capability.name, capability.authenticator, slot);
}
inline std::int64_t unbind(std::uint64_t slot) { return ask(Primitive::unbind, slot); }
inline std::int64_t release(std::uint64_t slot) { return ask(Primitive::release, slot); }
inline std::int64_t install(std::uint64_t slot, std::uint64_t address, std::uint64_t rights) {
    return ask(Primitive::install, slot, address, abi::exo::installed_for(rights, 0));
}
inline std::int64_t remove(std::uint64_t address) { return ask(Primitive::remove, address); }
inline std::int64_t share(std::uint64_t target, std::uint64_t from, std::uint64_t to,
                          std::uint64_t count, std::uint64_t rights) {
    return ask(Primitive::share, target, abi::exo::from_to(from, to), count, rights);
}
inline std::int64_t give_table(std::uint64_t target, std::uint64_t address, std::uint64_t slot) {
    return ask(Primitive::give_table, target, address, slot);
}
inline std::int64_t give_part(std::uint64_t target, std::uint64_t index, std::uint64_t slot) {
    return ask(Primitive::give_part, target, index, slot);
}
inline std::int64_t set_contexts(std::uint64_t target, const abi::exo::Contexts& contexts) {
    return ask(Primitive::set_contexts, target, address_of(&contexts));
}

inline abi::exo::EnvironmentPage& environment_page() {
    return *reinterpret_cast<abi::exo::EnvironmentPage*>(EXO_ENVIRONMENT);
}
// The kernel's book, as it is now.
inline abi::exo::FrameRecord record_of(std::uint64_t frame) {
    const auto& record = reinterpret_cast<const volatile abi::exo::FrameRecord*>(
        EXO_FRAMES)[frame - environment_page().first_frame];
    return {record.epoch, record.owner, record.pins, record.bindings, record.mappings};
}

// A frame far from those that the library OS asks for, and from those that the kernel takes.
inline std::uint64_t some_frame() { return environment_page().first_frame + 10000; }
// The first free one from there on.
inline std::uint64_t free_frame() {
    std::uint64_t frame = some_frame() + 16;
    while (frame + 1 < environment_page().frames_end && !record_of(frame).is_free())
        ++frame;
    return frame;
}
// It, behind SLOT.
inline std::uint64_t take_frame(std::uint64_t slot) {
    const std::uint64_t frame = free_frame();
    allocate(frame, slot);
    return frame;
}

// Part PART of the binding table, and the page table of SCRATCH.
inline void open_workshop() {
    take_frame(SLOT);
    give_part(SELF, PART, SLOT);
    take_frame(SLOT);
    give_table(SELF, SCRATCH, SLOT);
}

// transfer.S.
extern "C" std::int64_t transfer_to(std::uint64_t a0, std::uint64_t a1, std::uint64_t slot,
                                    std::uint64_t& cost);

} // namespace hostile
