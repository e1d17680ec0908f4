// A page fault in the microkernel: half of its road; the pager's half is in servers/pager/.
// SPDX-License-Identifier: MIT
#pragma once

#include "task.hpp"

// THREAD's pager has answered, with LABEL and two words (abi/micro/memory.hpp): maps the page that
// it gives, and switches back to the thread that faulted; or ends it, and somebody else runs.
void finish_page_fault(Thread& thread, const Thread& pager, std::uint64_t label,
                       std::uint64_t word0, std::uint64_t word1);
