// System calls that no job needs and that would let it out.
// SPDX-License-Identifier: MIT
//
// For confine.cpp.
#pragma once

namespace lab {

// From here on, for this process and all that it starts: these calls fail with EPERM. Returns
// whether the host kernel took the filter.
bool filter_calls();

} // namespace lab
