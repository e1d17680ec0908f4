// A page fault's handler waits for what only another strand could change, without giving way.
// SPDX-License-Identifier: MIT
//
// gate: runtime
// breaks: nobody is preempted in the kernel: the other strand never runs.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/strand.hpp"

namespace {

struct Shared {
    std::uint64_t ready = 0;
    std::uint64_t polls = 0;
};
constinit Shared shared{};

void prepare() { shared.ready = 1; }

Result<void> page_not_present(const spin::PageNotPresent&) {
    while (shared.ready == 0)
        shared.polls += 1;
    return {};
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program& program) {
    TRY(strand_create(quota, prepare));
    return translation_install_page_not_present(program.context, page_not_present);
}
