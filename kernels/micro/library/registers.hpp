// The registers of a virtio device in mapped memory: the driver's view, and root's.
// SPDX-License-Identifier: MIT
#pragma once

#include "lib/address.hpp"

#include <cstdint>

// virtio::Registers: of one slot, whose page is mapped. The memory is I/O to the machine, so that
// accesses to one device stay in order by themselves.
class RegisterPage {
public:
    explicit RegisterPage(VirtAddr start) : start_(start) {}
    std::uint32_t load(std::uint32_t offset) const { return at(offset); }
    void store(std::uint32_t offset, std::uint32_t value) { at(offset) = value; }

private:
    volatile std::uint32_t& at(std::uint32_t offset) const {
        return *reinterpret_cast<volatile std::uint32_t*>((start_ + offset).raw());
    }

    VirtAddr start_;
};
