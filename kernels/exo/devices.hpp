// Interrupts of devices: the disk, and what is typed.
// SPDX-License-Identifier: MIT
#pragma once

#include "task.hpp"

void start_devices();
// Between slices: a ring that was full may have room again.
void look_for_room();

// What is typed goes into the Keys of the frame behind SLOT. busy: it goes elsewhere already;
// not_permitted: no frame that ENVIRONMENT may write to.
Result<void> take_keys(Environment& environment, std::uint64_t slot);
// ENVIRONMENT has ended: nobody takes what is typed.
void leave_keys(const Environment& environment);
// Whether something was typed that nobody has taken out of the ring yet.
bool keys_are_there();
// Whether ENVIRONMENT, which waits, waits for what is typed.
bool waits_for_keys(const Environment& environment);
