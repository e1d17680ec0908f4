// The interrupt controller of devices, as one hart's S-mode sees it.
// SPDX-License-Identifier: MIT
//
// RISC-V Platform-Level Interrupt Controller Specification v1.0.0. A source that is enabled and
// raised makes sip.SEIP pending; from user mode that is on_device, and an idle kernel sees it in
// sip. The kernel then claims until nothing is left, lets each source's driver look, and completes
// it:
//   while (const std::uint32_t source = plic.claim()) { ...; plic.complete(source); }
#pragma once

#include "arch/riscv/boot_info.hpp"

#include <cstdint>

class Plic {
public:
    Plic() = default;
    // Lets every enabled source through, and asks for external interrupts (sie.SEIE).
    explicit Plic(const PlicInfo& info);

    // Lets SOURCE (DeviceInfo::interrupt) interrupt this hart.
    void enable(std::uint32_t source);
    // The source to serve now, which does not interrupt again before it is completed; 0: none.
    std::uint32_t claim();
    void complete(std::uint32_t source);

private:
    PhysAddr registers_;
    std::uint32_t context_ = 0;
};
