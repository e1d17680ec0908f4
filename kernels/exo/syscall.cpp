// Primitives for what the machine has: frames, translations, blocks, the console.
// SPDX-License-Identifier: MIT
//
// Before: primitive in entry.S, by the table in entry.cpp. Next: authority.cpp, fault.cpp,
// disk.cpp, devices.cpp; then back to entry.S.
#include "syscall.hpp"

#include "authority.hpp"
#include "devices.hpp"
#include "fault.hpp"
#include "kernel.hpp"
#include "registers.hpp"
#include "revocation.hpp"

#include "arch/riscv/console.hpp"

#include <algorithm>

namespace {

using abi::exo::Change;
using abi::exo::ReturnRegisters;

constexpr std::uint64_t CHANGES_AT_ONCE = 16;

// COUNT changes from the caller's memory, in TARGET; how many were done is counted in DONE.
Result<void> carry_out_all(Environment& environment, Environment& target, VirtAddr list,
                           std::uint64_t count, std::uint64_t& done) {
    std::array<Change, CHANGES_AT_ONCE> piece;
    while (done < count) {
        const auto changes = std::span(piece).first(std::min(count - done, piece.size()));
        TRY(copy_from_user(environment.space, list + done * sizeof(Change),
                           std::as_writable_bytes(changes)));
        for (const Change& change : changes) {
            TRY(carry_out(environment, target, change));
            ++done;
        }
    }
    return {};
}

Result<void> change(std::uint64_t target, VirtAddr list, std::uint64_t count, std::uint64_t& done) {
    Environment& environment = running_environment();
    return carry_out_all(environment, *TRY(target_of(environment, target)), list, count, done);
}

Result<void> share_with(std::uint64_t target, std::uint64_t from_to, std::uint64_t count,
                        Rights rights) {
    Environment& environment = running_environment();
    Environment& other = *TRY(target_of(environment, target));
    return share(environment, from_to & 0xffffffff, other, from_to >> 32, count, rights);
}

// COUNT bytes from ADDRESS on, as they are.
Result<void> write(VirtAddr address, std::uint64_t count) {
    RawConsole console;
    std::array<std::byte, 64> piece;
    for (std::uint64_t done = 0; done < count;) {
        const std::span part = std::span(piece).first(std::min(count - done, piece.size()));
        if (!copy_from_user(running_environment().space, address + done, part))
            return std::unexpected(Error::bad_address);
        console.put({reinterpret_cast<const char*>(part.data()), part.size()});
        done += part.size();
    }
    return {};
}

// What a disk operation needs of an extent; the request for the device.
Result<virtio::Request> request_for(const Environment& environment, std::uint64_t operation,
                                    std::uint64_t block, CapabilityName frame) {
    using Operation = abi::exo::DiskOperation;
    const std::uint64_t slot = operation >> 8;
    switch (static_cast<Operation>(operation & 0xff)) {
    case Operation::read:
        TRY(check_rights(frame, Rights::read_write()));
        return virtio::Request{
            virtio::Operation::read,
            block::BlockNumber(TRY(block_of(environment, slot, block, Rights::read()))),
            frame.frame().start()};
    case Operation::write:
        TRY(check_rights(frame, Rights::read()));
        return virtio::Request{
            virtio::Operation::write,
            block::BlockNumber(TRY(block_of(environment, slot, block, Rights::read_write()))),
            frame.frame().start()};
    case Operation::flush:
        TRY(block_of(environment, slot, 0, Rights::read_write()));
        return virtio::Request{virtio::Operation::flush, {}, {}};
    }
    return std::unexpected(Error::invalid);
}

Result<void> ask_disk(std::uint64_t operation, std::uint64_t block, std::uint64_t frame_slot,
                      std::uint64_t word) {
    Environment& environment = running_environment();
    if (!kernel.disk.is_there())
        return std::unexpected(Error::not_found);
    const PhysAddr place = TRY(word_of(environment, word));
    TRY(check_rights(environment.bindings.at(word / PAGE_SIZE), Rights::read_write()));
    const CapabilityName frame = environment.bindings.at(frame_slot);
    const virtio::Request request = TRY(request_for(environment, operation, block, frame));
    if (environment.requests == abi::exo::DISK_REQUESTS_EACH)
        return std::unexpected(Error::too_many);
    const Frame pinned =
        request.operation == virtio::Operation::flush ? Frame::containing(place) : frame.frame();
    environment.requests += 1; // it may be answered at once
    const Result<void> added = kernel.disk.add({environment.id, request, pinned, place});
    if (!added)
        environment.requests -= 1;
    return added;
}

} // namespace

ReturnRegisters primitive_unknown(std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t) {
    return {abi::to_register(Error::invalid)};
}

ReturnRegisters primitive_allocate(std::uint64_t frame, std::uint64_t slot, std::uint64_t,
                                   std::uint64_t) {
    if (slot != abi::exo::NONE)
        return to_registers(allocate_into(running_environment(), Frame(frame), slot));
    return to_registers(allocate(running_environment(), Frame(frame)));
}

ReturnRegisters primitive_deallocate(std::uint64_t name, std::uint64_t authenticator, std::uint64_t,
                                     std::uint64_t) {
    return to_registers(deallocate({name, authenticator}));
}

ReturnRegisters primitive_bind(std::uint64_t name, std::uint64_t authenticator, std::uint64_t slot,
                               std::uint64_t) {
    return to_registers(bind(running_environment(), {name, authenticator}, slot));
}

ReturnRegisters primitive_unbind(std::uint64_t slot, std::uint64_t, std::uint64_t, std::uint64_t) {
    return to_registers(unbind(running_environment(), slot));
}

// The one stage of a page fault in which the library OS needs the kernel.
ReturnRegisters primitive_install(std::uint64_t slot, std::uint64_t address,
                                  std::uint64_t installed_for, std::uint64_t) {
    return to_registers(fault_install(running_environment(), slot, VirtAddr(address),
                                      Rights::from_raw(installed_for), installed_for >> 8));
}

ReturnRegisters primitive_remove(std::uint64_t address, std::uint64_t, std::uint64_t,
                                 std::uint64_t) {
    return to_registers(remove_translation(running_environment(), VirtAddr(address)));
}

ReturnRegisters primitive_release(std::uint64_t slot, std::uint64_t, std::uint64_t, std::uint64_t) {
    return to_registers(release(running_environment(), slot));
}

ReturnRegisters primitive_change(std::uint64_t target, std::uint64_t list, std::uint64_t count,
                                 std::uint64_t) {
    if (count > abi::exo::CHANGES)
        return {0, abi::to_register(Error::too_large)};
    std::uint64_t done = 0;
    const Result<void> changed = change(target, VirtAddr(list), count, done);
    return {done, changed ? 0 : abi::to_register(changed.error())};
}

ReturnRegisters primitive_share(std::uint64_t target, std::uint64_t from_to, std::uint64_t count,
                                std::uint64_t rights) {
    return to_registers(share_with(target, from_to, count, Rights::from_raw(rights)));
}

ReturnRegisters primitive_break_bindings(std::uint64_t slot, std::uint64_t, std::uint64_t,
                                         std::uint64_t) {
    return to_registers(break_bindings(running_environment(), slot));
}

ReturnRegisters primitive_take_extent(std::uint64_t first, std::uint64_t blocks, std::uint64_t,
                                      std::uint64_t) {
    return to_registers(take_extent(running_environment(), first, blocks));
}

ReturnRegisters primitive_return_extent(std::uint64_t name, std::uint64_t authenticator,
                                        std::uint64_t, std::uint64_t) {
    return to_registers(return_extent({name, authenticator}));
}

ReturnRegisters primitive_disk(std::uint64_t operation, std::uint64_t block, std::uint64_t slot,
                               std::uint64_t word) {
    return to_registers(ask_disk(operation, block, slot, word));
}

ReturnRegisters primitive_write(std::uint64_t address, std::uint64_t count, std::uint64_t,
                                std::uint64_t) {
    if (count > PAGE_SIZE)
        return {abi::to_register(Error::too_large)};
    return to_registers(write(VirtAddr(address), count));
}

ReturnRegisters primitive_take_keys(std::uint64_t slot, std::uint64_t, std::uint64_t,
                                    std::uint64_t) {
    return to_registers(take_keys(running_environment(), slot));
}

ReturnRegisters primitive_want_frames(std::uint64_t count, std::uint64_t, std::uint64_t,
                                      std::uint64_t) {
    const Result<EnvironmentId> asked = ask_for_frames(count);
    return {asked ? asked->raw() : abi::to_register(asked.error())};
}
