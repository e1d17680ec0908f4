// The stubs by which UNIX asks the console.
// SPDX-License-Identifier: MIT
//
// Before: the terminal of the UNIX server. Next: console.cpp, in the driver.
#include "kernels/micro/servers/console/client.hpp"

#include <algorithm>

namespace console {

Result<void> put(micro::CapSlot console, std::string_view text) {
    const micro::Message answer =
        micro::call(console, {label::PUT, {0, 0, 0, micro::address_of(text.data()), text.size()}},
                    abi::micro::READABLE);
    TRY(micro::to_result(answer.label));
    return {};
}

Result<std::size_t> take_keys(micro::CapSlot console, std::span<std::byte, MOST_KEYS> keys) {
    const micro::Message answer = micro::call(console, {label::TAKE_KEYS, {}});
    TRY(micro::to_result(answer.label));
    const std::size_t count = std::min<std::size_t>(answer.words[0], keys.size());
    for (std::size_t i = 0; i < count; ++i)
        keys[i] = key_in(answer.words, i);
    return count;
}

} // namespace console
