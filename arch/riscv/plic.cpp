// The registers of the PLIC.
// SPDX-License-Identifier: MIT
//
// PLIC Specification v1.0.0, chapter 3 "Memory Map".
#include "arch/riscv/plic.hpp"

#include "arch/riscv/csr.hpp"
#include "arch/riscv/mmio.hpp"

namespace {

constexpr std::uint64_t PRIORITIES = 0; // a word a source
constexpr std::uint64_t ENABLES = 0x2000;
constexpr std::uint64_t ENABLES_OF_CONTEXT = 0x80; // a bit a source
constexpr std::uint64_t CONTEXTS = 0x200000;
constexpr std::uint64_t CONTEXT_SIZE = 0x1000;
constexpr std::uint64_t THRESHOLD = 0; // in a context
constexpr std::uint64_t CLAIM_COMPLETE = 4;

constexpr std::uint32_t PRIORITY = 1; // the lowest that interrupts; all sources are alike

PhysAddr context_register(PhysAddr registers, std::uint32_t context, std::uint64_t offset) {
    return registers + (CONTEXTS + context * CONTEXT_SIZE + offset);
}

} // namespace

Plic::Plic(const PlicInfo& info) : registers_(info.registers.start), context_(info.context) {
    write_register<std::uint32_t>(context_register(registers_, context_, THRESHOLD), 0);
    csr::enable_device_interrupts();
}

void Plic::enable(std::uint32_t source) {
    write_register(registers_ + (PRIORITIES + source * 4ULL), PRIORITY);
    const PhysAddr word =
        registers_ + (ENABLES + context_ * ENABLES_OF_CONTEXT + source / 32 * 4ULL);
    write_register(word, read_register<std::uint32_t>(word) | 1U << source % 32);
}

std::uint32_t Plic::claim() {
    return read_register<std::uint32_t>(context_register(registers_, context_, CLAIM_COMPLETE));
}

void Plic::complete(std::uint32_t source) {
    write_register(context_register(registers_, context_, CLAIM_COMPLETE), source);
}
