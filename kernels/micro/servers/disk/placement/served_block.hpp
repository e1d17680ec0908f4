// The block that the request being served names: the window of who waits for its answer.
// SPDX-License-Identifier: MIT
//
// The driver never touches the block's bytes, and could not: they are not mapped here. What it
// needs is where the device sees them, and that nobody else gets their frame before the device has
// done with it. The kernel gives both at once (Operation::pin), and takes back all pins at once:
//
//            pin             tell: the device knows
//      none ----------> pinned ----------------------> told
//       ^                 | end, if it never knew        | let_go: it answered, or was reset
//       +-----------------+------------------------------+
//
// TOLD that lasts beyond its request means that the device was given up and does not say that it is
// reset: it may still reach the frame. Nothing is pinned any more then, as nothing may be unpinned.
#pragma once

#include "kernels/micro/library/objects.hpp"

#include "services/block/device.hpp"

class ServedBlock {
public:
    // From now on the block is the window of who waits under TOKEN, from its beginning on, and the
    // device will ACCESS it.
    void begin(std::uint64_t token, Access access) {
        token_ = token;
        access_ = access;
    }
    // The request has ended: a frame that the device was not told of is its owner's alone.
    void end() {
        token_ = abi::micro::NOBODY;
        if (state_ == State::pinned)
            let_go();
    }

    // Where the device sees the block, whose frame is nobody else's from now on. invalid: the
    // window is not for that, or no page; bad_address: the page is not there; input_output: the
    // device was given up; and what else Operation::pin says.
    Result<PhysAddr> pin() {
        if (state_ == State::told)
            return std::unexpected(Error::input_output);
        const Result<PhysAddr> place = micro::pin(token_, 0, access_);
        if (!place)
            return std::unexpected(place.error() == Error::not_permitted ? Error::invalid
                                                                         : place.error());
        state_ = State::pinned;
        return *place;
    }
    void tell() { state_ = State::told; }
    // The device reaches nothing any more.
    void let_go() {
        state_ = State::none;
        micro::unpin();
    }

private:
    enum class State : std::uint8_t { none, pinned, told };

    std::uint64_t token_ = abi::micro::NOBODY;
    Access access_ = Access::load;
    State state_ = State::none;
};
