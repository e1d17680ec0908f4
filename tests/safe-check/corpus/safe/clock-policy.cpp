// Second chance over a program's pages: who was not accessed goes.
// SPDX-License-Identifier: MIT
//
// Does: keeps an array of pages, asks the kernel what each was used for, and takes one away.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

struct Resident {
    Page page{};
    spin::FrameCapability frame{};
};

class Clock {
public:
    // The frame of a page that was not used for one round of the hand.
    Result<spin::FrameCapability> evict(spin::TranslationContext context) {
        for (std::size_t looked = 0; looked < 2 * count_; ++looked) {
            Resident& at_hand = residents_[hand_];
            hand_ = (hand_ + 1) % count_;
            const spin::Mapping use = TRY(translation_examine_mapping(context, at_hand.page));
            if (use.was_accessed) {
                TRY(translation_forget_access(context, at_hand.page));
                continue;
            }
            TRY(translation_remove_mapping(context, at_hand.page));
            return at_hand.frame;
        }
        return std::unexpected(Error::no_memory);
    }
    Result<void> add(Page page, spin::FrameCapability frame) {
        if (count_ == residents_.size())
            return std::unexpected(Error::too_many);
        residents_[count_++] = {page, frame};
        return {};
    }

private:
    std::array<Resident, 64> residents_{};
    std::size_t count_ = 0;
    std::size_t hand_ = 0;
};

constinit Clock residents{};
constinit spin::FrameQuota frames{};

Result<void> page_not_present(const spin::PageNotPresent& event) {
    Result<spin::FrameCapability> frame = phys_addr_allocate(frames);
    if (!frame)
        frame = residents.evict(event.context);
    if (!frame)
        return std::unexpected(frame.error());
    const Page page = Page::containing(event.fault.address);
    zero_page(frame->bytes());
    TRY(residents.add(page, *frame));
    return translation_add_mapping(event.context, page, *frame, Rights::read_write(),
                                   event.fault.access);
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program& program) {
    frames = quota;
    return translation_install_page_not_present(program.context, page_not_present);
}
