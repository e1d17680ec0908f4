// The devices that the block driver drives: root takes them from a driver that has broken.
// SPDX-License-Identifier: MIT
//
// A device goes on with what it was asked for, whoever asked has ended or not, and there is no
// IOMMU: it writes to frames that were pinned for it. So it is reset before the driver's thread is
// destroyed, by which the kernel lets the pinned frames go to others.
#pragma once

#include "kernels/micro/library/registers.hpp"
#include "kernels/micro/servers/root/memory.hpp"

#include "services/block/virtio/transport.hpp"

namespace root {

class Devices {
public:
    // Those that BOOT names; root sees their registers, too.
    Result<void> adopt(const abi::micro::BootPage& boot, Memory& memory) {
        for (std::uint64_t i = 0; i < boot.virtio_count; ++i)
            registers_[i] = TRY(memory.show(boot.virtio[i].registers / PAGE_SIZE));
        count_ = boot.virtio_count;
        return {};
    }

    // All of them, for the driver may have asked any. False: one does not say that it is reset, and
    // may still write to memory.
    bool reset() const {
        bool is_reset = true;
        for (std::uint64_t i = 0; i < count_; ++i)
            is_reset &= virtio::Transport(RegisterPage(registers_[i].start())).reset();
        return is_reset;
    }

private:
    std::array<Page, std::tuple_size_v<decltype(abi::micro::BootPage::virtio)>> registers_{};
    std::uint64_t count_ = 0; // none before the driver was given any
};

} // namespace root
