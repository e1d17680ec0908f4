// What the block driver finds when it starts: root maps it and says where.
// SPDX-License-Identifier: MIT
//
// Before: root, which makes the driver. Next: server_main in disk.cpp. Beside this the driver has a
// capability for the machine in slot MACHINE, with the rights INTERRUPTS and DMA.
#pragma once

#include "abi/micro/objects.hpp"
#include "lib/address.hpp"

#include <array>

namespace disk {

// a0 to a4 of server_main, in this order. Addresses are whole pages, mapped to read and write.
struct Start {
    VirtAddr registers;       // of the machine's virtio slots: a page each, one behind the other
    std::uint64_t slot_count; // 0 to MOST_SLOTS
    VirtAddr interrupts;      // a page of std::uint64_t: the interrupt source of each slot
    VirtAddr shared_page;     // zeroed; the device's, too, as long as the machine runs
    PhysAddr shared_place;    // where the device sees it
};

inline constexpr std::size_t MOST_SLOTS = std::tuple_size_v<decltype(abi::micro::BootPage::virtio)>;

} // namespace disk
