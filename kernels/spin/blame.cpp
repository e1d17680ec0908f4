// Walking a stack by its frame pointers.
// SPDX-License-Identifier: MIT
//
// Before: trap_in_kernel and extension_failed in fall.cpp.
#include "blame.hpp"

#include "kernel.hpp"

#include "arch/riscv/kernel_stack_area.hpp"

extern "C" const char boot_stack_end[]; // boot.S

namespace {

// What GCC keeps right below where a frame pointer points. A function that calls nobody keeps the
// caller's frame pointer alone, in the second place.
struct FrameTail {
    std::uint64_t first;
    std::uint64_t second;
};

// From one frame to its caller's, up to the stack's end. Frame pointers only rise; whatever else
// stands there ends the walk.
class StackWalk {
public:
    explicit StackWalk(const CallSite& site) : end_(site.stack_end), frame_(site.frame_pointer) {
        if (!is_done() && is_frame(VirtAddr(tail().second)))
            frame_ = VirtAddr(tail().second);
    }
    bool is_done() const {
        return frame_.raw() % 16 != 0 || frame_ > end_ || end_ - frame_ > STACK_BYTES;
    }
    VirtAddr return_address() const { return VirtAddr(tail().second); }
    void go_to_caller() {
        const VirtAddr caller(tail().first);
        frame_ = is_frame(caller) ? caller : end_ + 16;
    }

private:
    bool is_frame(VirtAddr address) const { return address > frame_ && address <= end_; }
    const FrameTail& tail() const {
        return *reinterpret_cast<const FrameTail*>(frame_.raw() - sizeof(FrameTail));
    }

    static constexpr std::uint64_t STACK_BYTES = KERNEL_STACK_PAGES * PAGE_SIZE;

    VirtAddr end_;
    VirtAddr frame_;
};

// Calls visit(extension) for each call that one is in, innermost first, until it answers true.
template <class Visit>
void for_each_extension(const CallSite& site, Visit visit) {
    const auto visit_at = [&](VirtAddr pc) {
        const Extension* const extension = extension_at(pc);
        return extension != nullptr && visit(*extension);
    };
    if (visit_at(site.pc) || visit_at(site.return_address))
        return;
    for (StackWalk walk(site); !walk.is_done(); walk.go_to_caller())
        if (visit_at(walk.return_address()))
            return;
}

} // namespace

VirtAddr end_of_stack(const Strand& strand) {
    return VirtAddr(strand.frame != nullptr ? reinterpret_cast<std::uint64_t>(strand.frame)
                                            : reinterpret_cast<std::uint64_t>(boot_stack_end));
}

CallSite site_of(const Strand& strand) {
    const VirtAddr pc(strand.context.ra);
    return {pc, pc, VirtAddr(strand.context.s[0]), end_of_stack(strand)};
}

const Extension* innermost_extension(const CallSite& site) {
    const Extension* found = nullptr;
    for_each_extension(site, [&](const Extension& extension) {
        found = &extension;
        return true;
    });
    return found;
}

std::uint32_t extensions_on_stack(const CallSite& site) {
    std::uint32_t found = 0;
    for_each_extension(site, [&](const Extension& extension) {
        found |= 1U << slot_of(extension);
        return false;
    });
    return found;
}
