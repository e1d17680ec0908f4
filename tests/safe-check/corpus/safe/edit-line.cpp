// A line editor: letters, backspace and enter, by a state and a text of bounded length.
// SPDX-License-Identifier: MIT
//
// Does: a switch over control characters, an array with a length, views of its own member.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/machine.hpp"

#include <array>

namespace {

class Line {
public:
    bool put(char letter) {
        if (size_ == letters_.size())
            return false;
        letters_[size_++] = letter;
        return true;
    }
    bool erase() {
        if (size_ == 0)
            return false;
        --size_;
        return true;
    }
    void clear() { size_ = 0; }
    std::string_view view() const { return std::string_view(letters_).substr(0, size_); }

private:
    std::array<char, 80> letters_{};
    std::size_t size_ = 0;
};

struct Editor {
    Line line{};
    std::uint64_t lines = 0;
};
constinit Editor editor{};

void on_key(const spin::Key& event) {
    const char letter = static_cast<char>(std::to_integer<std::uint8_t>(event.byte));
    switch (letter) {
    case '\r':
    case '\n':
        machine_put("\r\n");
        machine_put(editor.line.view());
        machine_put("\r\n");
        editor.line.clear();
        editor.lines += 1;
        break;
    case '\b':
    case 0x7f:
        if (editor.line.erase())
            machine_put("\b \b");
        break;
    default:
        if (letter >= ' ' && editor.line.put(letter))
            machine_put(editor.line.view().substr(editor.line.view().size() - 1));
    }
}

bool is_awaited() { return true; }

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    return machine_install_keys(on_key, is_awaited);
}
