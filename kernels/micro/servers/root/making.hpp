// How root makes a server or a wired program: a space, what is loaded there, a thread.
// SPDX-License-Identifier: MIT
#pragma once

#include "kernels/micro/servers/root/memory.hpp"

#include "services/exec/boot_loader.hpp"

namespace root {

// Of those that root makes: which of its slots are for it.
class Child {
public:
    constexpr Child() = default;
    explicit constexpr Child(std::uint64_t number) : number_(number) {}
    constexpr std::uint64_t number() const { return number_; } // also its badge
    constexpr micro::CapSlot thread() const { return micro::CapSlot(FIRST_SLOT + 2 * number_); }
    constexpr micro::CapSlot space() const { return micro::CapSlot(FIRST_SLOT + 2 * number_ + 1); }

private:
    static constexpr std::uint64_t FIRST_SLOT = 8;
    std::uint64_t number_ = 0;
};

// The loader's view of a child's space.
struct LoadTarget {
    Memory& memory;
    micro::CapSlot space;
    Result<PageBytes> fresh_page(Page page, Rights rights) {
        const Memory::Seen seen = TRY(memory.take());
        TRY(micro::map_memory(space, page, seen.frame, 1, rights));
        return seen.bytes;
    }
};

// The space and the thread, which is not running, of CHILD, called NAME.
inline Result<void> make(Child child, std::string_view name, std::uint64_t priority) {
    TRY(micro::create_space(child.space()));
    TRY(micro::create_thread(child.thread(), child.number(), priority));
    micro::name_thread(child.thread(), name);
    return micro::set_space(child.thread(), child.space().raw());
}

// CHILD runs from ENTRY on, on the stack that ends at STACK, with ARGUMENTS in a0 and so on.
inline Result<void> start(Child child, VirtAddr entry, VirtAddr stack,
                          const std::array<std::uint64_t, 5>& arguments) {
    constexpr std::size_t SP = 1;
    constexpr std::size_t A0 = 9;
    micro::ThreadContext context{.pc = entry.raw(), .registers = {}};
    context.registers[SP] = stack.raw();
    std::ranges::copy(arguments, context.registers.begin() + A0);
    return micro::write_registers(child.thread(), context);
}

} // namespace root
