// The exokernel's primitives by hand, with any argument; and the addresses that attacks need.
// SPDX-License-Identifier: MIT
#pragma once

#include "tests/hostile/call.hpp"

#include "abi/address_map.h"
#include "abi/errors.hpp"
#include "abi/exo/environment.hpp"
#include "abi/exo/primitives.hpp"
#include "lib/address.hpp"

namespace hostile {

using abi::exo::Capability;
using abi::exo::Primitive;

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

inline std::int64_t deallocate(const Capability& capability) {
    return primitive(Primitive::deallocate, capability.name, capability.authenticator).first;
}
inline std::int64_t bind(const Capability& capability, std::uint64_t slot) {
    return primitive(Primitive::bind, capability.name, capability.authenticator, slot).first;
}
inline std::int64_t unbind(std::uint64_t slot) { return primitive(Primitive::unbind, slot).first; }
inline std::int64_t install(std::uint64_t slot, std::uint64_t address, std::uint64_t rights) {
    return primitive(Primitive::install, slot, address, rights).first;
}
inline std::int64_t remove(std::uint64_t address) {
    return primitive(Primitive::remove, address).first;
}

inline abi::exo::EnvironmentPage& environment_page() {
    return *reinterpret_cast<abi::exo::EnvironmentPage*>(EXO_ENVIRONMENT);
}

// A frame far from those that the library OS asks for, and from those that the kernel takes.
inline std::uint64_t some_frame() { return environment_page().first_frame + 10000; }
inline Capability allocate(std::uint64_t frame) {
    const Answer answer = primitive(Primitive::allocate, frame, abi::exo::NONE);
    return {static_cast<std::uint64_t>(answer.first), answer.second};
}

// Of part 0 the library OS leaves these alone (kernels/exo/libos/slots.hpp).
inline constexpr std::uint64_t SLOT = 255;
inline constexpr std::uint64_t SCRATCH = 0x20000000;          // nobody's
inline constexpr std::uint64_t READ = 1, WRITE = 2, EXECUTE = 4;

} // namespace hostile
