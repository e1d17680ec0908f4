// Interrupts of devices become notices of the threads that drive them.
// SPDX-License-Identifier: MIT
#pragma once

#include "task.hpp"

// Once, at boot.
void start_interrupt_controller();

// SOURCE's interrupts set BIT among THREAD's notices from now on. invalid: no such source; busy:
// it is somebody's.
Result<void> bind_interrupt(Thread& thread, std::uint64_t source, std::uint64_t bit);

// Claims what has interrupted; who gets a notice of it is in line.
void serve_devices();

// THREAD waits for notices again: its device may interrupt again.
void complete_interrupt(Thread& thread);

// THREAD ends: its device interrupts nobody any more.
void release_interrupt(Thread& thread);

// A device may reach FRAME, as THREAD, its driver, says; it cannot become a table until unpin_all.
// too_many.
Result<void> pin(const Thread& thread, Frame frame);
// All of the thread of TOKEN, which may have ended.
void unpin_all(std::uint64_t token);
