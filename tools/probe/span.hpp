// A stretch of the whole run: from one instruction to what the serial port is given after another.
// SPDX-License-Identifier: MIT
//
// For the boot, from the kernel's entry to the shell's prompt. Beside the engine's window, which
// knows nothing of it.
#pragma once

#include "layout.hpp"

#include <cstdint>

namespace probe {

// QEMU's `virt` board: the ns16550a's transmit register.
inline constexpr std::uint64_t serial_port = 0x1000'0000;

class Span {
public:
    explicit Span(const SpanRecord& record) : record_(record) {}

    // `site` is about to execute.
    void execute(const Site& site) {
        running_ = running_ || site.pc == record_.from;
        armed_ = armed_ || (running_ && site.pc == record_.after);
        if (running_)
            ++(site.inside == Function::idle ? idle_ : instructions_);
    }
    // Does a store to the serial port end it?
    bool armed() const { return armed_; }

    // Of all modes, without idle time; the store that ends it included.
    std::uint64_t instructions() const { return instructions_; }
    std::uint64_t idle_instructions() const { return idle_; }

private:
    SpanRecord record_;
    bool running_ = false;
    bool armed_ = false;
    std::uint64_t instructions_ = 0;
    std::uint64_t idle_ = 0;
};

} // namespace probe
