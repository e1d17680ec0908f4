// The relocations that are linked: numbers of the RISC-V ELF psABI, table 4.
// SPDX-License-Identifier: MIT
//
// What compiled code without relaxation has (-mno-relax, medany). check.cpp looks whether each
// stands where it may, relocate.cpp patches.
#pragma once

#include <cstdint>

namespace link {

enum RelocationType : std::uint32_t {
    R_RISCV_64 = 2,
    R_RISCV_BRANCH = 16,
    R_RISCV_JAL = 17,
    R_RISCV_CALL = 18,
    R_RISCV_CALL_PLT = 19,
    R_RISCV_PCREL_HI20 = 23,
    R_RISCV_PCREL_LO12_I = 24,
    R_RISCV_PCREL_LO12_S = 25,
    R_RISCV_ADD8 = 33,
    R_RISCV_ADD16 = 34,
    R_RISCV_ADD32 = 35,
    R_RISCV_ADD64 = 36,
    R_RISCV_SUB8 = 37,
    R_RISCV_SUB16 = 38,
    R_RISCV_SUB32 = 39,
    R_RISCV_SUB64 = 40,
    R_RISCV_RVC_BRANCH = 44,
    R_RISCV_RVC_JUMP = 45,
};

} // namespace link
