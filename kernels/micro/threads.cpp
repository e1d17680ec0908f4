// What those ask of the kernel who make threads: lives, registers, capabilities.
// SPDX-License-Identifier: MIT
//
// Before: other_operation in syscall.cpp. Next: task.cpp, ipc/l4/ipc.cpp.
#include "authority.hpp"
#include "devices.hpp"
#include "ipc.hpp"
#include "kernel.hpp"
#include "objects.hpp"
#include "turns.hpp"
#include "windows.hpp"

#include <algorithm>
#include <bit>

namespace objects {

namespace {

namespace right = abi::micro::right;
using State = Thread::State;

constexpr CapRights CONTROL{right::CONTROL};

Thread* unused_thread() {
    for (Thread& thread : kernel.threads)
        if (thread.state == State::unused)
            return &thread;
    return nullptr;
}

// What can be seen of OBJECT as bytes.
template <class T>
Bytes bytes_of(const T& object) {
    return std::as_bytes(std::span<const T, 1>(&object, 1));
}

// A capability to thread THREAD.
Capability to_thread(Thread& thread, std::uint64_t badge, CapRights rights) {
    Capability capability;
    capability.receiver = &thread;
    capability.token = thread.token;
    capability.badge = badge;
    capability.rights = rights;
    return capability;
}

// Who may create has many slots.
void widen(Thread& thread) {
    for (std::size_t i = 0; i < kernel.creators.size(); ++i) {
        if (kernel.creators[i] != nullptr)
            continue;
        kernel.creators[i] = &thread;
        kernel.many[i] = {};
        std::ranges::copy(thread.few, kernel.many[i].begin());
        thread.capabilities = kernel.many[i];
        return;
    }
}

} // namespace

Result<std::uint64_t> give(Thread& caller, std::uint64_t token, CapSlot slot,
                           std::uint64_t rights) {
    Thread* const taker = find_caller(caller, token);
    if (taker == nullptr)
        return std::unexpected(Error::no_process);
    const bool accepts =
        (taker->extras & Thread::ACCEPTS) != 0 && taker->accepts.raw() < taker->capabilities.size();
    const Capability* const own = find_capability(caller, slot, CapRights());
    if (!accepts || own == nullptr || own->is_empty())
        return std::unexpected(Error::not_permitted);
    Capability& place = taker->capabilities[taker->accepts.raw()];
    place = *own;
    place.rights = own->rights & CapRights(rights);
    return 0;
}

Result<std::uint64_t> notify(Thread& caller, CapSlot slot, std::uint64_t bits) {
    Thread& thread = *TRY(held_thread(caller, slot, CapRights(right::NOTIFY)));
    ipc::notify(thread, bits & ~Thread::IN_SERVICE);
    return 0;
}

Result<std::uint64_t> create_thread(Thread& caller, CapSlot slot, std::uint64_t badge,
                                    std::uint64_t priority) {
    if (!may(caller, right::CREATE))
        return std::unexpected(Error::not_permitted);
    Capability& capability = *TRY(empty_slot(caller, slot));
    if (priority > caller.priority)
        return std::unexpected(Error::invalid);
    Thread* const place = unused_thread();
    if (place == nullptr)
        return std::unexpected(Error::too_many);
    begin_thread(*place);
    place->priority = static_cast<std::uint8_t>(priority);
    place->few[abi::micro::HANDLER.raw()] = to_thread(caller, badge, CapRights::send());
    capability = to_thread(*place, badge, CapRights::of_thread());
    return 0;
}

Result<std::uint64_t> destroy_thread(Thread& caller, CapSlot slot) {
    const Capability* const capability = find_capability(caller, slot, CONTROL);
    if (capability == nullptr)
        return std::unexpected(Error::not_permitted);
    Thread& thread = *capability->receiver;
    const bool is_there = thread.token == capability->token;
    if (is_there && &thread == &caller)
        return std::unexpected(Error::busy);
    unpin_all(capability->token);
    if (is_there)
        end_thread(thread);
    caller.capabilities[slot.raw()] = {};
    return 0;
}

Result<std::uint64_t> set_space(Thread& caller, CapSlot slot, std::uint64_t space_slot) {
    Thread& thread = *TRY(held_thread(caller, slot, CONTROL));
    thread.space = space_slot == abi::micro::NO_SPACE
                       ? &kernel.no_space
                       : TRY(held_space(caller, CapSlot(space_slot), CapRights(right::ENTER)));
    if (&thread == &caller)
        thread.space->enter(); // it goes on without a switch
    return 0;
}

Result<std::uint64_t> read_registers(Thread& caller, CapSlot slot, VirtAddr context) {
    const Thread& thread = *TRY(held_thread(caller, slot, CONTROL));
    const abi::micro::ThreadContext now{.pc = thread.frame.pc, .registers = thread.frame.saved};
    TRY(copy_to_user(*caller.space, context, bytes_of(now)));
    return 0;
}

Result<std::uint64_t> write_registers(Thread& caller, CapSlot slot, VirtAddr context) {
    Thread& thread = *TRY(held_thread(caller, slot, CONTROL));
    if (&thread == &caller || thread.space == &kernel.no_space)
        return std::unexpected(Error::invalid);
    abi::micro::ThreadContext wanted{};
    TRY(copy_from_user(
        *caller.space, context,
        std::as_writable_bytes(std::span<abi::micro::ThreadContext, 1>(&wanted, 1))));
    ipc::cancel(thread);
    thread.frame.pc = wanted.pc;
    thread.frame.saved = wanted.registers;
    thread.state = State::runnable;
    make_ready(thread);
    return 0;
}

Result<std::uint64_t> give_to_thread(Thread& caller, CapSlot slot, CapSlot its_slot,
                                     const Gift& gift) {
    Thread& thread = *TRY(held_thread(caller, slot, CONTROL));
    if (its_slot.raw() >= thread.capabilities.size())
        return std::unexpected(Error::invalid);
    const Capability* const own = find_capability(caller, gift.slot, CapRights());
    if (own == nullptr || own->is_empty())
        return std::unexpected(Error::not_permitted);
    Capability given = *own;
    given.rights = own->rights & CapRights(gift.rights);
    if (own->rights.contain(CONTROL))
        given.badge = gift.badge;
    thread.capabilities[its_slot.raw()] = given;
    if (its_slot == abi::micro::MACHINE && given.rights.contain(CapRights(right::CREATE)) &&
        thread.capabilities.size() == abi::micro::FEW_SLOTS)
        widen(thread);
    return 0;
}

Result<std::uint64_t> name_thread(Thread& caller, CapSlot slot, VirtAddr name,
                                  std::uint64_t bytes) {
    Thread& thread = *TRY(held_thread(caller, slot, CONTROL));
    const std::uint64_t count = std::min<std::uint64_t>(bytes, thread.name_room.size() - 1);
    std::array<std::byte, sizeof(thread.name_room)> room{};
    TRY(copy_from_user(*caller.space, name, std::span(room).first(count)));
    thread.name_room = std::bit_cast<decltype(thread.name_room)>(room);
    thread.name = {thread.name_room.data(), count};
    return 0;
}

Result<std::uint64_t> describe_thread(Thread& caller, CapSlot slot, VirtAddr use) {
    using Use = abi::micro::ThreadUse;
    const Thread& thread = *TRY(held_thread(caller, slot, CONTROL));
    Use now{.state = Use::State::waits, .faults = thread.faults_mended, .ticks = thread.ticks};
    if (thread.state == State::runnable || turns::asks(thread))
        now.state = Use::State::ready;
    TRY(copy_to_user(*caller.space, use, bytes_of(now)));
    return 0;
}

Result<std::uint64_t> pin(Thread& caller, std::uint64_t token, std::uint64_t offset,
                          Access access) {
    if (!may(caller, right::DMA))
        return std::unexpected(Error::not_permitted);
    const Frame frame = TRY(windows::frame_behind(caller, token, offset, access));
    TRY(::pin(caller, frame));
    return frame.start().raw();
}

} // namespace objects
