// A class derives from a capability and brings the protected constructor of its base to light.
// SPDX-License-Identifier: MIT
//
// gate: checker
// breaks: any strand of any extension can be named, stopped, and given other registers.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/strand.hpp"

namespace {

struct Forged : spin::StrandReference {
    Forged(std::uint32_t number, std::uint32_t generation) : StrandReference(number, generation) {}
};

Result<void> hijack(std::uint32_t number, std::uint64_t pc) {
    const spin::StrandReference victim = Forged(number, 1);
    spin::Registers registers = TRY(strand_registers(victim));
    registers.pc = pc;
    return strand_set_registers(victim, registers);
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    return hijack(0, 0x10000);
}
