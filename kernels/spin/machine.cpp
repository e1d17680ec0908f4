// The module Machine: keys, the command line, the console as it is, and the machine's end.
// SPDX-License-Identifier: MIT
//
// Before: the extension that is the machine's operating system. Keys come from devices.cpp.
#include "machine.hpp"

#include "authority.hpp"
#include "devices.hpp"
#include "kernel.hpp"

#include "arch/riscv/console.hpp"
#include "arch/riscv/machine.hpp"

void Keys::uninstall(const Domain& domain) {
    const auto is_theirs = [&](auto* function) {
        return domain.has_code_at(VirtAddr(reinterpret_cast<std::uint64_t>(function)));
    };
    if (is_theirs(handler_) || is_theirs(question_))
        install(nullptr, nullptr);
}

extern "C" {

std::string_view machine_arguments() { return kernel.boot.arguments; }

void machine_put(std::string_view text) {
    RawConsole console;
    console.put(text);
}

Result<void> machine_install_keys(spin::KeyHandler handler, spin::KeyQuestion is_awaited) {
    TRY(owner_of(handler));
    TRY(owner_of(is_awaited));
    kernel.keys.install(handler, is_awaited);
    enable_key_interrupt();
    return {};
}

void machine_end(std::uint8_t code) { end_machine(code); }

} // extern "C"
