// Frames that a device may read or write: whoever gives one back meanwhile, it is not free yet.
// SPDX-License-Identifier: MIT
//
// A device does not ask whose a frame is. Between the moment when it was told of a frame and the
// end of the request (or of the device's reset) the frame must get no new owner, however the old
// one ended: killed, unloaded, revoked, or the driver itself. So the driver pins what a request
// names (FramePins, of the placement that owns frames), and the owner of frames asks here before it
// calls one free:
//
//      give -> keep(frame)?   no: it is free
//                             yes: it stays here, nobody's, until
//      unpin -> take_ended()  nothing pins it any more: it is free
// Used by drivers (services/block/virtio/requests.hpp) and by frame owners of kernels.
#pragma once

#include "lib/address.hpp"
#include "lib/result.hpp"

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <optional>

namespace block {

// What a driver asks of whoever owns frames.
template <class P>
concept FramePins = requires(P& pins, FrameRange frames) {
    // From now on none of FRAMES gets a new owner. An error, and nothing was pinned: not_permitted,
    // they are not the ones to name of who asks; too_many, more is pinned than requests can be
    // under way.
    { pins.pin(frames) } -> std::same_as<Result<void>>;
    // Takes back one pin of exactly these FRAMES.
    { pins.unpin(frames) } -> std::same_as<void>;
    // The device was reset: it reaches nothing any more, also of what was pinned by a driver that
    // stood here before and fell.
    { pins.unpin_all() } -> std::same_as<void>;
};

inline constexpr std::size_t FRAMES_A_PIN = 2; // a block that does not begin where a frame begins

// The book of a frame owner: at most PINS pins at a time.
template <std::size_t PINS>
class PinnedFrames {
public:
    // too_many.
    Result<void> pin(FrameRange frames) {
        for (FrameRange& pin : pins_)
            if (pin.count() == 0) {
                pin = frames;
                return {};
            }
        return std::unexpected(Error::too_many);
    }
    // Then take_ended, until nothing comes.
    void unpin(FrameRange frames) {
        for (FrameRange& pin : pins_)
            if (pin.first == frames.first && pin.end == frames.end) {
                pin = FrameRange();
                return;
            }
    }
    void unpin_all() { pins_ = {}; }

    // FRAME's owner gives it back. Does it stay here?
    [[nodiscard]] bool keep(Frame frame) {
        if (!is_pinned(frame)) [[likely]]
            return false;
        kept_[kept_count_] = frame;
        ++kept_count_;
        return true;
    }
    // A frame that stayed here, and that nothing pins any more.
    std::optional<Frame> take_ended() {
        for (std::size_t i = 0; i < kept_count_; ++i)
            if (!is_pinned(kept_[i])) {
                const Frame ended = kept_[i];
                --kept_count_;
                kept_[i] = kept_[kept_count_];
                return ended;
            }
        return std::nullopt;
    }

private:
    bool is_pinned(Frame frame) const {
        return std::ranges::any_of(
            pins_, [&](const FrameRange& pin) { return pin.first <= frame && frame < pin.end; });
    }

    std::array<FrameRange, PINS> pins_{}; // one without frames is none
    // Nobody's and not free. They are among those that are pinned, each once: there is room.
    std::array<Frame, FRAMES_A_PIN * PINS> kept_{};
    std::size_t kept_count_ = 0;
};

} // namespace block
