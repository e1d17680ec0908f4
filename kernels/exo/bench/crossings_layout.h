// Offsets in a Visit (callee.hpp), for counting.S.
// SPDX-License-Identifier: MIT
#pragma once

#define VISIT_CALLED 0
#define VISIT_ENTERED 8
#define VISIT_LEAVING 16
#define VISIT_EXCEPTED 24
#define VISIT_CAUSE 32
#define VISIT_RETURNED 40
