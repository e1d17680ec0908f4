// Keys: whose handler hears of them.
// SPDX-License-Identifier: MIT
#pragma once

#include "arch/riscv/csr.hpp"
#include "interface/machine.hpp"

class Domain;

// The event of a key, and the question whether anybody waits for one.
class Keys {
public:
    // In the place of those before.
    void install(spin::KeyHandler handler, spin::KeyQuestion question) {
        handler_ = handler;
        question_ = question;
    }
    // Those of DOMAIN go.
    void uninstall(const Domain& domain);

    void raise(std::byte key) const {
        csr::allow_interrupts(); // it may not come back
        if (handler_ != nullptr)
            handler_({key});
    }
    bool are_awaited() const {
        csr::allow_interrupts();
        return question_ != nullptr && question_();
    }

private:
    spin::KeyHandler handler_ = nullptr;
    spin::KeyQuestion question_ = nullptr;
};
