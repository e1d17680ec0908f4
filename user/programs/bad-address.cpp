// Scenario bad-address: a wild access ends the program that made it, and nobody else.
// SPDX-License-Identifier: MIT
//
// A child stores to an address that nobody has, by the instruction at scenario_fault (touch.S): it
// must end there, with a message. The parent must live on and be told how the child ended. Where
// there are no processes yet, the program itself makes the wild access, and ends.
#include "scenario.hpp"

#include "abi/address_map.h"
#include "abi/calls/processes.hpp"

int main() {
    constexpr std::uint64_t NOWHERE = MAP_END - PAGE_SIZE; // mappings grow from the other end
    const std::int64_t child = os::fork();
    if (child == 0 || child == -abi::NO_CALL) {
        touch(NOWHERE, 1);
        os::write("bad-address: the store was carried out\n");
        return 3;
    }
    scenario::must("bad-address: fork", child);
    std::int64_t status = 0;
    scenario::must("bad-address: wait", os::wait(status));
    scenario::expect("bad-address: the child's status", static_cast<std::uint64_t>(status),
                     abi::status::FAULT);
    os::write("bad-address: the program ended, its parent lives on\n");
    return 0;
}
