// Sums over a result.
// SPDX-License-Identifier: MIT
#include "result.hpp"

namespace lab {

unsigned LabResult::points() const {
    unsigned sum = 0;
    for (const auto& task : tasks)
        sum += task.points;
    return sum;
}

unsigned LabResult::of() const {
    unsigned sum = 0;
    for (const auto& task : tasks)
        sum += task.of;
    return sum;
}

} // namespace lab
