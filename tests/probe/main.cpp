// The test programs' entry.
// SPDX-License-Identifier: MIT
//
// doctest finds the test cases of the other files; CTest runs them one by one.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>
