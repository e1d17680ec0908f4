// The exokernel's primitives as functions, for a library OS.
// SPDX-License-Identifier: MIT
//
// Next: trap_vector in ../entry.S. What each does, and its errors: abi/exo/primitives.hpp and
// ../authority.hpp.
#pragma once

#include "abi/errors.hpp"
#include "abi/exo/environment.hpp"
#include "abi/exo/exposed.hpp"
#include "abi/exo/primitives.hpp"
#include "lib/fault.hpp"
#include "lib/result.hpp"

#include <span>
#include <string_view>

namespace primitive {

using abi::exo::Capability;
using abi::exo::Primitive;
using abi::exo::ReturnRegisters;

// The kernel clears what a function call may clobber, and keeps the rest and ra.
inline ReturnRegisters call(Primitive number, std::uint64_t first = 0, std::uint64_t second = 0,
                            std::uint64_t third = 0, std::uint64_t fourth = 0) {
    register std::uint64_t a0 asm("a0") = first;
    register std::uint64_t a1 asm("a1") = second;
    register std::uint64_t a2 asm("a2") = third;
    register std::uint64_t a3 asm("a3") = fourth;
    register std::uint64_t a7 asm("a7") = static_cast<std::uint64_t>(number);
    asm volatile("ecall"
                 : "+r"(a0), "+r"(a1), "+r"(a2), "+r"(a3), "+r"(a7)
                 :
                 : "t0", "t1", "t2", "t3", "t4", "t5", "t6", "a4", "a5", "a6", "memory");
    return {a0, a1};
}

inline Result<void> to_result(std::uint64_t answer) {
    const auto number = static_cast<std::int64_t>(answer);
    if (number < 0) [[unlikely]]
        return std::unexpected(abi::to_error(number));
    return {};
}
inline Result<void> ask(Primitive number, std::uint64_t first = 0, std::uint64_t second = 0,
                        std::uint64_t third = 0, std::uint64_t fourth = 0) {
    return to_result(call(number, first, second, third, fourth).first);
}
inline Result<Capability> ask_for_capability(Primitive number, std::uint64_t first,
                                             std::uint64_t second = 0) {
    const ReturnRegisters answer = call(number, first, second);
    TRY(to_result(answer.first));
    return Capability{answer.first, answer.second};
}

// FRAME, bound to SLOT at once.
inline Result<void> allocate(Frame frame, std::uint64_t slot) {
    return ask(Primitive::allocate, frame.number(), slot);
}
inline Result<void> bind(const Capability& capability, std::uint64_t slot) {
    return ask(Primitive::bind, capability.name, capability.authenticator, slot);
}
inline Result<void> unbind(std::uint64_t slot) { return ask(Primitive::unbind, slot); }
inline Result<void> release(std::uint64_t slot) { return ask(Primitive::release, slot); }
// ACCESS: 0 for none yet.
inline Result<void> install(std::uint64_t slot, Page page, Rights rights, std::uint64_t access) {
    return ask(Primitive::install, slot, page.start().raw(),
               abi::exo::installed_for(rights.raw(), access));
}
inline Result<void> change(std::uint64_t target, std::span<const abi::exo::Change> changes) {
    return to_result(call(Primitive::change, target,
                          reinterpret_cast<std::uint64_t>(changes.data()), changes.size())
                         .second);
}
inline Result<void> share(std::uint64_t target, std::uint64_t from, std::uint64_t to,
                          std::uint64_t count, Rights rights) {
    return ask(Primitive::share, target, abi::exo::from_to(from, to), count, rights.raw());
}
inline Result<void> give_table(std::uint64_t target, std::uint64_t address, std::uint64_t slot) {
    return ask(Primitive::give_table, target, address, slot);
}
inline Result<void> give_part(std::uint64_t target, std::uint64_t index, std::uint64_t slot) {
    return ask(Primitive::give_part, target, index, slot);
}
inline Result<void> graft(std::uint64_t target, std::uint64_t address, std::uint64_t slot) {
    return ask(Primitive::graft, target, address, slot);
}
inline Result<void> create(std::uint64_t first, std::uint64_t slot) {
    return ask(Primitive::create, first, slot);
}
inline Result<void> set_contexts(std::uint64_t target, const abi::exo::Contexts& contexts) {
    return ask(Primitive::set_contexts, target, reinterpret_cast<std::uint64_t>(&contexts));
}
inline Result<void> start(std::uint64_t target) { return ask(Primitive::start, target); }
inline Result<void> destroy(std::uint64_t target) { return ask(Primitive::destroy, target); }
inline Result<void> give_slice(std::uint64_t position, std::uint64_t target) {
    return ask(Primitive::give_slice, position, target);
}
inline Result<void> tell_end(std::uint64_t target, std::uint64_t word) {
    return ask(Primitive::tell_end, target, word);
}
// Who is asked for COUNT frames: an environment's number.
inline Result<std::uint64_t> want_frames(std::uint64_t count) {
    const ReturnRegisters answer = call(Primitive::want_frames, count);
    TRY(to_result(answer.first));
    return answer.first;
}
// Whether the environment behind slot TARGET is there still: nothing is shared with it.
inline bool is_there(std::uint64_t target) {
    return share(target, 0, 0, 0, Rights::none()).has_value();
}
inline Result<Capability> take_extent(std::uint64_t first, std::uint64_t blocks) {
    return ask_for_capability(Primitive::take_extent, first, blocks);
}
inline Result<void> disk(abi::exo::DiskOperation operation, std::uint64_t extent_slot,
                         std::uint64_t block, std::uint64_t frame_slot, std::uint64_t word) {
    return ask(Primitive::disk, abi::exo::disk_operation(operation, extent_slot), block, frame_slot,
               word);
}
inline void write_console(std::string_view text) {
    while (!text.empty()) {
        const std::string_view piece = text.substr(0, PAGE_SIZE);
        call(Primitive::write_console, reinterpret_cast<std::uint64_t>(piece.data()), piece.size());
        text.remove_prefix(piece.size());
    }
}
inline Result<void> take_keys(std::uint64_t slot) { return ask(Primitive::take_keys, slot); }
[[noreturn]] inline void exit(std::uint64_t status) {
    call(Primitive::exit, status);
    __builtin_trap();
}
[[noreturn]] inline void refuse_to_begin() {
    call(Primitive::exit, 0, static_cast<std::uint64_t>(abi::exo::Ending::cannot_begin));
    __builtin_trap();
}
[[noreturn]] inline void end_by_fault() {
    call(Primitive::end_by_fault);
    __builtin_trap();
}

} // namespace primitive

// The machine's clock, which the kernel leaves readable: no call.
inline std::uint64_t read_time() {
    std::uint64_t value;
    asm volatile("rdtime %0" : "=r"(value));
    return value;
}

inline abi::exo::EnvironmentPage& environment_page() {
    return *reinterpret_cast<abi::exo::EnvironmentPage*>(EXO_ENVIRONMENT);
}

// The kernel's record of FRAME, to be read.
inline const volatile abi::exo::FrameRecord& frame_record(Frame frame) {
    return reinterpret_cast<const volatile abi::exo::FrameRecord*>(
        EXO_FRAMES)[frame.number() - environment_page().first_frame];
}
