// What assembly knows of requests: the answer that says "serve it again, after a wait".
// SPDX-License-Identifier: MIT
#pragma once

#define CALL_MUST_WAIT (-11) // would_block, as abi::to_number has it
