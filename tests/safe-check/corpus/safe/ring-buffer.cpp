// A ring buffer of bytes between the handler of keys and a strand that reads lines from it.
// SPDX-License-Identifier: MIT
//
// Does: put and take with counters that wrap, an optional where nothing is there.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/machine.hpp"
#include "kernels/spin/interface/strand.hpp"

#include <array>
#include <optional>

namespace {

class Ring {
public:
    bool put(std::byte byte) {
        if (written_ - read_ == bytes_.size())
            return false;
        bytes_[written_++ % bytes_.size()] = byte;
        return true;
    }
    std::optional<std::byte> take() {
        if (written_ == read_)
            return std::nullopt;
        return bytes_[read_++ % bytes_.size()];
    }

private:
    std::array<std::byte, 64> bytes_{};
    std::uint64_t written_ = 0;
    std::uint64_t read_ = 0;
};

struct Keyboard {
    Ring ring{};
    spin::StrandReference reader{};
    std::uint64_t lost = 0;
};
constinit Keyboard keyboard{};

void on_key(const spin::Key& event) {
    if (!keyboard.ring.put(event.byte))
        keyboard.lost += 1;
    static_cast<void>(strand_unblock(keyboard.reader));
}
bool is_awaited() { return true; }

void read_keys() {
    for (;;) {
        while (const std::optional<std::byte> key = keyboard.ring.take())
            if (*key == std::byte{'\n'})
                console_write("a line\n");
        static_cast<void>(strand_block(keyboard.reader));
    }
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    keyboard.reader = TRY(strand_create(quota, read_keys));
    return machine_install_keys(on_key, is_awaited);
}
