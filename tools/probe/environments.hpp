// Which environment of an exokernel runs: told by whose record the kernel looks at.
// SPDX-License-Identifier: MIT
//
// Plugins see no registers, so no satp. But who writes it has looked at the record of whom it is
// for. Fed by engine.cpp; next: the places in the ledger.
#pragma once

#include "configuration.hpp"

#include <cstdint>
#include <optional>

namespace probe {

class Environments {
public:
    explicit Environments(const std::optional<EnvironmentsRecord>& record) : record_(record) {}

    // An instruction of the kernel has accessed memory.
    void accessed(std::uint64_t address) {
        if (record_ && record_->records.contains(address))
            last_ =
                static_cast<std::uint32_t>((address - record_->records.low) / record_->size) + 1;
    }
    // satp has been written.
    void switched() { running_ = last_; }
    // Its number; 0: none, or nobody knows.
    std::uint32_t running() const { return running_; }

private:
    std::optional<EnvironmentsRecord> record_;
    std::uint32_t last_ = 0;
    std::uint32_t running_ = 0;
};

} // namespace probe
