// A name that lies in an extension's data is left with the kernel when the extension goes.
// SPDX-License-Identifier: MIT
//
// gate: runtime
// breaks: if the kernel kept the view, it would read pages of others after the loader's end.
#include "kernels/spin/interface/domain.hpp"
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

constinit std::array<char, 8> name{'a', 'n', 'o', 't', 'h', 'e', 'r', ' '};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const auto object = TRY(domain_find_object("small.o"));
    const spin::DomainReference other = TRY(domain_create(std::string_view(name), object));
    TRY(domain_resolve(domain_spin_public(), other));
    TRY(domain_start(other));
    return domain_unload(TRY(domain_find("loader")));
}
