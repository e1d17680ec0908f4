// The function in which the library's checks end is the extension's own, and never ends.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: foreign-declaration
// breaks: an index out of bounds is heard of by nobody, and what comes back goes on behind the
// check.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/trap.hpp"

#include <array>

namespace {

constinit std::array<std::uint64_t, 4> table{};
constinit std::uint64_t heard = 0;

} // namespace

void extension_failed(std::string_view) { heard = heard + 1; }

namespace {

Result<void> on_fault(const spin::PageNotPresent& event) {
    table[event.fault.address.raw()] = 1;
    return {};
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program& program) {
    return translation_install_page_not_present(program.context, on_fault);
}
