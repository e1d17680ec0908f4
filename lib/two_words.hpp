// Two registers as one value, which functions hand on without a way over the stack.
// SPDX-License-Identifier: MIT
#pragma once

// GCC 12 puts a struct of two words on the stack where several roads of a function return one.
using TwoWords = unsigned __int128;
