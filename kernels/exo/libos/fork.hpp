// A child: an environment that is a copy of this one.
// SPDX-License-Identifier: MIT
#pragma once

#include "lib/result.hpp"
#include "services/unix/names.hpp"
#include "services/vm/names.hpp"

// Makes an environment with this process's memory, SPACE; no_memory, not_supported, ... It waits to
// be handed on or discarded.
Result<void> make_child(vm::SpaceId space);
void discard_child();
// It is process INDEX's from now on: it has the process's slice, and begins when it is started, by
// returning 0 from the call that this process is in.
void hand_child_to(unix::ProcessIndex index);
// Whether one was made, and not handed on.
bool has_child();
