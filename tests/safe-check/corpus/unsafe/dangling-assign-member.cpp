// A member function keeps a view of the caller's local in a member that lives on.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: dangling
// breaks: the member shows a dead stack frame; summing it up reads the kernel's stack.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

class Journal {
public:
    void attach(std::span<std::byte> room) { room_ = room; }
    void note(std::byte value) { room_[next_++ % room_.size()] = value; }

private:
    std::span<std::byte> room_{};
    std::size_t next_ = 0;
};

constinit Journal journal{};

void set_up() {
    std::array<std::byte, 64> room{};
    journal.attach(room);
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    set_up();
    for (unsigned i = 0; i < 64; ++i)
        journal.note(std::byte{0xff});
    return {};
}
