// A handler of a fault faults itself, by a copy from a page that it handles.
// SPDX-License-Identifier: MIT
//
// gate: runtime
// breaks: the copy answers not_mapped; the handler calls itself with the same fault, and so on.
#include "kernels/spin/interface/extension.hpp"

#include "kernels/spin/interface/virt_addr.hpp"

#include <array>

namespace {

constinit std::uint64_t depth = 0;

Result<void> handle(const spin::PageNotPresent& event) {
    std::array<std::byte, 64> bytes{};
    const Result<void> copied = virt_addr_read(event.context, event.fault.address, bytes);
    depth += 1;
    return copied ? copied : handle(event);
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program& program) {
    return translation_install_page_not_present(program.context, handle);
}
