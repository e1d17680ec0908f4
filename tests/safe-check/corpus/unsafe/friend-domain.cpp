// The kernel's struct Extension, which domains befriend, is a template's base.
// SPDX-License-Identifier: MIT
//
// gate: checker
// breaks: a reference to any extension, which may then be unloaded with all that it holds.
#include "kernels/spin/interface/domain.hpp"
#include "kernels/spin/interface/extension.hpp"

struct Extension {
    template <class... Numbers>
    static spin::DomainReference named(Numbers... numbers) {
        return {numbers...};
    }
};

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    return domain_unload(Extension::named(std::uint32_t{1}, std::uint32_t{1}));
}
