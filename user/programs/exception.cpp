// Scenario exception: an illegal instruction, delivered to the program's own handler.
// SPDX-License-Identifier: MIT
//
// The handler steps over it. Once beforehand; then at scenario_fault, and the program goes on at
// scenario_resumed (exception.S).
#include "scenario.hpp"

extern "C" {
void raise_beforehand(); // exception.S
void raise_exception();
}

namespace {

constexpr std::uint64_t ILLEGAL_INSTRUCTION = 2;
constexpr std::uint64_t INSTRUCTION_BYTES = 4;

constinit std::uint64_t told = 0;
constinit std::uint64_t last_cause = 0;

void step_over(os::FaultContext& context) {
    ++told;
    last_cause = context.cause;
    context.pc += INSTRUCTION_BYTES;
}

} // namespace

int main() {
    scenario::must("exception: handler", os::on_fault(step_over));
    raise_beforehand();
    raise_exception();
    scenario::expect("exception: how often the handler was told", told, 2);
    scenario::expect("exception: the cause", last_cause, ILLEGAL_INSTRUCTION);
    os::write("exception: the handler stepped over the instruction\n");
    return 0;
}
