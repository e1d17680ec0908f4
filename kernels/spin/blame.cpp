// Walking a stack by its frame pointers.
// SPDX-License-Identifier: MIT
//
// Before: trap_in_kernel and extension_failed in extension.cpp.
#include "blame.hpp"

#include "kernel.hpp"

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
    bool is_done() const { return frame_.raw() % 16 != 0 || frame_ > end_; }
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

    VirtAddr end_;
    VirtAddr frame_;
};

// Calls visit(domain) for each call that an extension is in, innermost first, until one answers
// true.
template <class Visit>
void for_each_extension(const CallSite& site, Visit visit) {
    const auto visit_at = [&](VirtAddr pc) {
        const Domain* const domain = domain_at(pc);
        return domain != nullptr && visit(*domain);
    };
    if (visit_at(site.pc) || visit_at(site.return_address))
        return;
    for (StackWalk walk(site); !walk.is_done(); walk.go_to_caller())
        if (visit_at(walk.return_address()))
            return;
}

} // namespace

const Domain* innermost_extension(const CallSite& site) {
    const Domain* found = nullptr;
    for_each_extension(site, [&](const Domain& domain) {
        found = &domain;
        return true;
    });
    return found;
}
