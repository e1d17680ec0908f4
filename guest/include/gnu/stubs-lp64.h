// Empty on purpose: libstdc++ includes this header, and Debian's glibc has none for lp64.
// SPDX-License-Identifier: MIT
#pragma once
