// Empty on purpose: libstdc++'s freestanding headers include it, and only glibc for the soft-float ABI has one.
// SPDX-License-Identifier: MIT
#pragma once
