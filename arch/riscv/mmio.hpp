// Device registers: loads and stores that the compiler keeps, in their order.
// SPDX-License-Identifier: MIT
//
// Registers are reached by the direct map, whose first GiB is devices. That memory is I/O to the
// machine, so accesses to one device stay in order by themselves (Unprivileged ISA, "FENCE"); what
// orders them against memory is csr::fence_memory_and_devices.
#pragma once

#include "arch/riscv/boot_info.hpp"
#include "arch/riscv/direct_map.hpp"

#include <cstdint>

template <class T>
T read_register(PhysAddr address) {
    return *reinterpret_cast<volatile T*>(direct_map(address).raw());
}

template <class T>
void write_register(PhysAddr address, T value) {
    *reinterpret_cast<volatile T*>(direct_map(address).raw()) = value;
}

// A device's registers of 32 bits, by their offset.
class DeviceRegisters {
public:
    explicit DeviceRegisters(PhysAddr start) : start_(start) {}
    std::uint32_t load(std::uint32_t offset) const {
        return read_register<std::uint32_t>(start_ + offset);
    }
    void store(std::uint32_t offset, std::uint32_t value) {
        write_register(start_ + offset, value);
    }

private:
    PhysAddr start_;
};

inline DeviceRegisters registers_of(const DeviceInfo& device) {
    return DeviceRegisters(device.registers.start);
}
