// Why a device cannot be used, in words.
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <expected>
#include <string_view>

namespace virtio {

enum class Refusal : std::uint8_t {
    empty_slot,
    not_virtio,
    legacy,
    not_a_disk,
    no_reset,
    no_version_1,
    features_refused,
    no_queue,
    queue_in_use,
    queue_too_small,
    unstable_capacity,
};

constexpr std::string_view to_words(Refusal refusal) {
    switch (refusal) {
    case Refusal::empty_slot:
        return "the virtio slot is empty";
    case Refusal::not_virtio:
        return "the slot's registers are not those of virtio";
    case Refusal::legacy:
        return "the virtio device speaks the legacy protocol only; start QEMU with "
               "-global virtio-mmio.force-legacy=false";
    case Refusal::not_a_disk:
        return "the virtio device is not a disk";
    case Refusal::no_reset:
        return "the virtio device does not reset";
    case Refusal::no_version_1:
        return "the virtio device does not offer version 1";
    case Refusal::features_refused:
        return "the virtio device refuses the features that the driver chose from its own offer";
    case Refusal::no_queue:
        return "the virtio device has no request queue";
    case Refusal::queue_in_use:
        return "the virtio device's request queue is in use";
    case Refusal::queue_too_small:
        return "the virtio device's request queue is too small";
    case Refusal::unstable_capacity:
        return "the virtio disk changes its capacity all the time";
    }
    return "the virtio device was refused";
}

template <class T>
using Started = std::expected<T, Refusal>;

} // namespace virtio
