// A pool of frames that are zeroed ahead of need, by a strand of its own.
// SPDX-License-Identifier: MIT
//
// Does: a stack of capabilities, a daemon that sleeps until there is something to do.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/strand.hpp"

#include <array>
#include <optional>

namespace {

struct Pool {
    spin::FrameQuota quota{};
    spin::StrandReference daemon{};
    std::array<spin::FrameCapability, 16> zeroed{};
    std::size_t count = 0;
};
constinit Pool pool{};

void fill_for_ever() {
    for (;;) {
        while (pool.count != pool.zeroed.size()) {
            const Result<spin::FrameCapability> frame = phys_addr_allocate(pool.quota);
            if (!frame)
                break;
            zero_page(frame->bytes());
            pool.zeroed[pool.count++] = *frame;
        }
        static_cast<void>(strand_block(pool.daemon));
    }
}

std::optional<spin::FrameCapability> take() {
    static_cast<void>(strand_unblock(pool.daemon));
    if (pool.count == 0)
        return std::nullopt;
    return pool.zeroed[--pool.count];
}

Result<void> page_not_present(const spin::PageNotPresent& event) {
    const std::optional<spin::FrameCapability> frame = take();
    if (!frame)
        return std::unexpected(Error::no_memory);
    return translation_add_mapping(event.context, Page::containing(event.fault.address), *frame,
                                   Rights::read_write(), event.fault.access);
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program& program) {
    pool.quota = quota;
    pool.daemon = TRY(strand_create(quota, fill_for_ever));
    return translation_install_page_not_present(program.context, page_not_present);
}
