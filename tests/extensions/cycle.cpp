// Loads a small extension, has it used, broken and unloaded, and looks for what is lost.
// SPDX-License-Identifier: MIT
//
// It is loaded as a loader (`loader=cycle`): it imports the module Domain.
#include "kernels/spin/interface/domain.hpp"
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/strand.hpp"

#include "lib/print.hpp"

namespace {

constexpr int TIMES = 1000;

struct Console {
    void put(std::string_view text) { console_write(text); }
};

void report(std::string_view when, const spin::Census& census) {
    Console console;
    print(console, "cycle ", when, ": ", census.free_frames, " frames and ",
          census.free_kernel_frames, " of the kernel free, ", census.strands, " strands, ",
          census.spaces, " spaces, ", census.handlers, " handlers, ", census.domains, " domains\n");
}

// Loaded, started, and gone again after others had their turns.
Result<void> once() {
    const auto object = TRY(domain_find_object("small.o"));
    const spin::DomainReference small = TRY(domain_create("small", object));
    TRY(domain_resolve(domain_spin_public(), small));
    TRY(domain_start(small));
    while (domain_is_loaded(small))
        strand_yield();
    return {};
}

void cycle() {
    Console console;
    const Result<void> first = once(); // the kernel's tables for its slot stay
    report("before", domain_census());
    for (int i = 1; first && i < TIMES; ++i)
        if (const Result<void> done = once(); !done) {
            print(console, "cycle: ", to_words(done.error()), " at ", i, "\n");
            return;
        }
    report("after ", domain_census());
    print(console, first ? "cycle: done\n" : "cycle: could not begin\n");
}

} // namespace

// The program that the machine was asked to run begins when this is done.
extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    cycle();
    return {};
}
