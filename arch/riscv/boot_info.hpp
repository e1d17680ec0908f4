// What the firmware told: memory, harts, timebase, command line, initial RAM disk, random seed.
// SPDX-License-Identifier: MIT
//
// Read once from the device tree by start.cpp and handed to kernel_main.
#pragma once

#include "lib/address.hpp"
#include "lib/arguments.hpp"
#include "lib/codec.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

// A device that is reached by registers in memory and interrupts through the PLIC.
struct DeviceInfo {
    PhysRange registers;         // empty: there is none
    std::uint32_t interrupt = 0; // its source number at the PLIC; 0: none
};

// The interrupt controller, as one hart's S-mode sees it.
struct PlicInfo {
    PhysRange registers; // empty: there is none
    std::uint32_t context = 0;
};

inline constexpr std::size_t MOST_VIRTIO_SLOTS = 32;

struct BootInfo {
    std::uint64_t hart = 0;       // the one that runs now
    std::uint64_t hart_count = 0; // all that the device tree names
    std::uint64_t timebase = 0;   // ticks of `time` a second
    PhysRange memory;             // all RAM
    FrameRange free_frames;       // RAM that nothing occupies
    PhysRange initial_ram_disk;   // empty if none was given
    std::string_view arguments;   // the kernel's command line
    Bytes random_seed;            // fresh on every start; empty if none was given
    PhysAddr test_device;         // ends the machine (machine.hpp)
    PlicInfo plic;                // for `hart`
    DeviceInfo uart;              // an ns16550a
    // The places of virtio devices, most of them empty; the first virtio_count of the array.
    std::array<DeviceInfo, MOST_VIRTIO_SLOTS> virtio;
    std::size_t virtio_count = 0;

    std::span<const DeviceInfo> virtio_slots() const {
        return std::span(virtio).first(virtio_count);
    }
};
