// Memory of the pager's own, for its tables.
// SPDX-License-Identifier: MIT
#pragma once

#include "kernels/micro/servers/files/client.hpp"
#include "lib/result.hpp"
#include "services/vm/configuration.hpp"

// Takes the service's tables out of the window, the rest of which it serves from, and sets it up.
// no_memory; invalid: the configuration; busy: it was set up before.
Result<void> place_memory(const vm::Configuration& asked);
// The same for a pager that holds a region of another one's space: again for each, with a PART of
// the swap area.
Result<void> place_part(const vm::Configuration& asked, files::SwapArea part);
