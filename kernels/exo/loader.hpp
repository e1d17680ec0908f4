// The first environment.
// SPDX-License-Identifier: MIT
#pragma once

// Gives it the library OS that the machine was asked for (boot word `library`; else
// lib/exo/library) from the initial RAM disk, as a boot loader would, and the first slice. What is
// missing or malformed is said on the console, and the machine ends.
void load_first_environment();
