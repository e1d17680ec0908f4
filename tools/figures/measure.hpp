// Measures what documents quote, with the commands that a reader would call.
// SPDX-License-Identifier: MIT
//
//   compare.SCENARIO.KERNEL.WHAT   ./faultline compare: a stage, a total (docs/json.md), or
//                                  `without-fill`, or a domain's part of that: pager-without-fill
//   bench.KERNEL.OPERATION         ./faultline bench
//   policy.POLICY.WHAT             the scenario policy under --boot policy=POLICY: faults, accesses
//   cost.fs.WHAT, cost.unix.WHAT   the tests `guest: cost of ...`, which print what they count
#pragma once

#include "documents.hpp"

namespace figures {

Toolchain toolchain_here();

// All of QUOTES, in one go. Throws a faultline::Failure for a key that nothing measures.
Figures measure(const Quotes& quotes);

} // namespace figures
