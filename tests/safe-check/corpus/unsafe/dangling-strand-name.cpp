// The kernel is handed a name that it keeps, and that stands on the stack.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: dangling
// breaks: strand_set_name keeps the view (NAME stays where it is); the kernel later prints what is
// there.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/strand.hpp"

#include "lib/text.hpp"

namespace {

Result<void> name_strand(spin::StrandReference strand, std::uint64_t number) {
    Text<16> name{};
    TRY(name.append(number == 0 ? std::string_view("first") : std::string_view("other")));
    return strand_set_name(strand, name.view());
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    const spin::StrandReference strand = TRY(strand_create_program(quota));
    return name_strand(strand, 1);
}
