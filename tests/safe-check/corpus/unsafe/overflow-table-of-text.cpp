// The same with a type whose constructor touches next to nothing.
// SPDX-License-Identifier: MIT
//
// gate: runtime
// breaks: Text leaves its room alone, so that making the table walks over memory in large steps.
#include "kernels/spin/interface/extension.hpp"

#include "lib/text.hpp"

namespace {

using Row = Text<(1UL << 30) - 8>;

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    const std::span<Row> rows = TRY(spin::make_table<Row>(quota, std::uint64_t{1} << 34));
    return rows[1].append("into whatever lies a gigabyte away");
}
