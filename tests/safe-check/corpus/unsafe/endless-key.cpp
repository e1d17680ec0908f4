// A handler of keys that waits for the next key.
// SPDX-License-Identifier: MIT
//
// gate: runtime
// breaks: it is called while no strand runs; a block there blocks whoever happens to be next.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/machine.hpp"
#include "kernels/spin/interface/strand.hpp"

namespace {

struct Keys {
    std::uint64_t count = 0;
};
constinit Keys keys{};

void on_key(const spin::Key&) {
    const std::uint64_t before = ++keys.count;
    while (keys.count == before)
        strand_block_until(spin::NEVER);
}

bool is_awaited() { return true; }

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    return machine_install_keys(on_key, is_awaited);
}
