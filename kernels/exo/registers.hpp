// What a primitive answers with.
// SPDX-License-Identifier: MIT
//
// For syscall.cpp and environments.cpp.
#pragma once

#include "abi/errors.hpp"
#include "abi/exo/primitives.hpp"

inline abi::exo::ReturnRegisters to_registers(const Result<void>& result) {
    if (!result) [[unlikely]]
        return {abi::to_register(result.error())};
    return {0};
}

inline abi::exo::ReturnRegisters to_registers(const Result<abi::exo::Capability>& result) {
    if (!result)
        return {abi::to_register(result.error())};
    return {result->name, result->authenticator};
}
