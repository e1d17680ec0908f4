// A class of one's own with a member function that it declares and does not define.
// SPDX-License-Identifier: MIT
//
// gate: linker
// breaks: the mangled name is `files::Cache::bytes() const`; whoever had it would answer, with any
// result, if it were among the names that extensions may import.
#include "kernels/spin/interface/extension.hpp"

namespace files {

struct Cache {
    std::span<std::uint64_t> bytes() const;
};

} // namespace files

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    files::Cache().bytes()[0] = 1;
    return {};
}
