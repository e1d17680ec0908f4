// An extension that calls another's functions, measures that, and falls with it in the end.
// SPDX-License-Identifier: MIT
//
// Not in the safe subset: it reads the counter of instructions.
#include "tests/extensions/counter.hpp"

#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/strand.hpp"

#include "lib/print.hpp"

#include <algorithm>

namespace {

struct Console {
    void put(std::string_view text) { console_write(text); }
};

std::uint64_t instructions() {
    std::uint64_t value;
    asm volatile("rdinstret %0" : "=r"(value)::"memory");
    return value;
}

// The least that CALL takes.
template <class Call>
std::uint64_t measured(Call call) {
    std::uint64_t least = ~0ULL;
    for (int i = 0; i < 16; ++i) {
        const std::uint64_t before = instructions();
        call();
        const std::uint64_t after = instructions();
        least = std::min(least, after - before);
    }
    return least;
}

constinit spin::StrandReference self;

// What runs when the strand has the processor again.
void resumed(const spin::StrandEvent&) {}

void measure() {
    Console console;
    const std::uint64_t nothing = measured([] {});
    const std::uint64_t linked = measured([] { counter::counter_nothing(); });
    counter::counter_next(3);
    print(console, "counter: ", counter::counter_next(4), "\n");
    print(console, "linked call: ", linked - nothing, " instructions\n");
    const std::uint64_t plain = measured([] { static_cast<void>(strand_unblock(self)); });
    static_cast<void>(strand_install(self, {.unblock = resumed}));
    const std::uint64_t raised = measured([] { static_cast<void>(strand_unblock(self)); });
    print(console, "unblock: ", plain - nothing, ", raised to a handler: ", raised - nothing, "\n");
    strand_yield();
    static_cast<void>(counter::counter_break(9));
    print(console, "importer: outlived what it imports\n");
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota frames, const spin::Program&) {
    self = TRY(strand_create(frames, measure));
    return {};
}
