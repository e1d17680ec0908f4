// Has `diver` come and fall, and looks for what is lost; then dives by itself.
// SPDX-License-Identifier: MIT
//
// The latter with the module Domain.
// Loaded as a loader (`loader=swimmer`).
#include "depth.hpp"

#include "kernels/spin/interface/domain.hpp"
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/strand.hpp"

#include "lib/print.hpp"

namespace {

struct Console {
    void put(std::string_view text) { console_write(text); }
};

Result<void> load(std::string_view name, std::string_view file) {
    const spin::DomainReference domain = TRY(domain_create(name, TRY(domain_find_object(file))));
    TRY(domain_resolve(domain_system(), domain));
    TRY(domain_resolve(domain_spin_public(), domain));
    const Result<void> started = domain_start(domain);
    while (domain_is_loaded(domain))
        strand_yield();
    return started;
}

void load_a_small_one() {
    const Result<void> loaded = load("small", "small.o");
    if (!loaded)
        extension_failed(to_words(loaded.error()));
}

bool is_same(const spin::Census& a, const spin::Census& b) {
    return a.free_frames == b.free_frames && a.free_kernel_frames == b.free_kernel_frames &&
           a.strands == b.strands && a.spaces == b.spaces && a.handlers == b.handlers &&
           a.domains == b.domains;
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    static_cast<void>(load("diver", "diver.o")); // the kernel's tables for its slot stay
    const spin::Census before = domain_census();
    for (int i = 0; i < 3; ++i)
        static_cast<void>(load("diver", "diver.o"));
    console_write(is_same(before, domain_census()) ? "swimmer: nothing is lost\n"
                                                   : "swimmer: something is lost\n");
    static_cast<void>(depth::descend(load_a_small_one, 0));
    return {};
}
