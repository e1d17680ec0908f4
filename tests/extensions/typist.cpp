// Stands where `unix` does, and hears of keys: `e` ends the machine, `b` breaks, `l` loops.
// SPDX-License-Identifier: MIT
//
// Nobody else is there, so a key comes while the processor idles, on the stack of whichever strand
// ran last.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/machine.hpp"
#include "kernels/spin/interface/strand.hpp"

#include "lib/panic.hpp"

namespace {

void on_key(const spin::Key& event) {
    switch (static_cast<char>(event.byte)) {
    case 'e':
        machine_end(7);
    case 'l':
        for (;;) {
        }
    case 'b':
        panic("a key that breaks");
    default:
        console_write("typist: a key\n");
    }
}

bool is_awaited() { return true; }

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const Result<void> refused = machine_install_keys(nullptr, is_awaited);
    if (refused || refused.error() != Error::invalid)
        panic("no code was installed for keys");
    TRY(machine_install_keys(on_key, is_awaited));
    console_write("typist: waits\n");
    return {};
}
