// The firmware's banner, taken out of what comes over the serial line.
// SPDX-License-Identifier: MIT
//
// OpenSBI greets with some sixty lines before it starts the kernel. The stream may come in pieces
// of any size: console.cpp feeds it as it arrives, observe.cpp a whole file at once.
#pragma once

#include <string>
#include <string_view>

namespace faultline {

class FirmwareBanner {
public:
    // What of these bytes is the kernel's, with what was kept back before and proves to be.
    std::string feed(std::string_view bytes);
    // Nothing more comes, or not for long: the banner is over, whatever was to follow.
    std::string finish();

    // The firmware has said its last word, or said none: what follows is the kernel's. By then it
    // has long set the serial line up, and no input is lost any more.
    bool is_over() const { return state_ == State::over; }

private:
    enum class State { before, inside, over };

    std::string line(std::string_view text);

    State state_ = State::before;
    std::string kept_; // the line under way, of which it is not known yet whose it is
};

} // namespace faultline
