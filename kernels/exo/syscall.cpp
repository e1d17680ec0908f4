// A number becomes a primitive.
// SPDX-License-Identifier: MIT
//
// Before: on_primitive in entry.cpp. The caller's side is libos/primitives.hpp.
#include "syscall.hpp"

#include "authority.hpp"
#include "fault.hpp"
#include "schedule.hpp"

#include "arch/riscv/console.hpp"

#include <algorithm>

namespace {

using abi::exo::Answer;
using abi::exo::Capability;
using abi::exo::Primitive;

Result<void> write_console(const Environment& environment, VirtAddr source, std::uint64_t count) {
    Console console;
    std::array<std::byte, 64> piece;
    for (std::uint64_t done = 0; done < count;) {
        const std::span part = std::span(piece).first(std::min(count - done, piece.size()));
        TRY(copy_from_environment(environment, source + done, part));
        console.put({reinterpret_cast<const char*>(part.data()), part.size()});
        done += part.size();
    }
    return {};
}

// The save area is free from now on: exceptions can come.
void set_exception_context(Environment& environment, std::uint64_t entry) {
    environment.exception.entry = entry;
    environment.exception.page->save.in_use = 0;
}

Answer to_answer(const Result<void>& result) { return {result ? 0 : to_abi(result.error())}; }

Answer to_answer(const Result<Capability>& result) {
    if (!result)
        return {to_abi(result.error())};
    return {result->name, result->authenticator};
}

} // namespace

Answer perform(Environment& environment, Primitive number, const Arguments& arguments) {
    const auto [a0, a1, a2] = arguments;
    switch (number) {
    case Primitive::allocate:
        return to_answer(allocate(environment, Frame(a0)));
    case Primitive::deallocate:
        return to_answer(deallocate({a0, a1}));
    case Primitive::bind:
        return to_answer(bind(environment, {a0, a1}, a2));
    case Primitive::unbind:
        return to_answer(unbind(environment, a0));
    case Primitive::install:
        return to_answer(fault_install(environment, a0, VirtAddr(a1), Rights::from_raw(a2)));
    case Primitive::remove:
        return to_answer(remove_translation(environment, VirtAddr(a0)));
    case Primitive::write_console:
        return to_answer(write_console(environment, VirtAddr(a0), a1));
    case Primitive::set_exception_context:
        set_exception_context(environment, a0);
        return {0};
    case Primitive::sleep_until:
        sleep_until(a0);
        return {0};
    case Primitive::exit:
        end_environment(a0);
    case Primitive::end_by_fault:
        end_after_fault();
    }
    return {to_abi(Error::invalid)};
}
