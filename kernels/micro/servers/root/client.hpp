// The root server, as servers see it that it has made: behind slot HANDLER.
// SPDX-License-Identifier: MIT
#pragma once

#include "kernels/micro/library/ipc.hpp"
#include "kernels/micro/library/objects.hpp"

#include <span>

namespace root {

namespace label {
inline constexpr std::uint64_t ARGUMENTS = 1; // a window to write; answer: bytes of text there
} // namespace label

// What root tells every server in its a0 to a2. Slots for others begin at FIRST.
namespace slot {
inline constexpr micro::CapSlot PAGER{2};
inline constexpr micro::CapSlot FILES{3};
inline constexpr micro::CapSlot DISK{4};
inline constexpr micro::CapSlot CONSOLE{5};
inline constexpr micro::CapSlot UNIX{6}; // of the console: to notify it
inline constexpr micro::CapSlot SCHEDULER{7};
inline constexpr micro::CapSlot SECOND_PAGER{6}; // of the pager, which controls it
inline constexpr std::uint64_t FIRST_OWN = 8;
} // namespace slot

// The kernel's command line, into ROOM. no_process: root has gone.
inline Result<std::string_view> arguments(std::span<char> room) {
    const micro::Message answer =
        micro::call(abi::micro::HANDLER,
                    {label::ARGUMENTS, {0, 0, 0, micro::address_of(room.data()), room.size()}},
                    abi::micro::WRITABLE);
    TRY(micro::to_result(answer.label));
    return std::string_view(room.data(), answer.words[0]);
}

} // namespace root
