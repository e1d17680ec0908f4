// An extension that calls another's functions, and falls with it in the end.
// SPDX-License-Identifier: MIT
#include "tests/extensions/counter.hpp"

#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/strand.hpp"

#include "lib/print.hpp"

namespace {

struct Console {
    void put(std::string_view text) { console_write(text); }
};

void import() {
    Console console;
    counter::counter_next(3);
    print(console, "counter: ", counter::counter_next(4), "\n");
    strand_yield();
    static_cast<void>(counter::counter_break(9));
    print(console, "importer: outlived what it imports\n");
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota frames, const spin::Program&) {
    TRY(strand_create(frames, import));
    return {};
}
