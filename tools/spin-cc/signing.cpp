// A file of its own: the kernel's namespace `link` and the host's function `link` do not meet.
// SPDX-License-Identifier: MIT
#include "signing.hpp"

#include "kernels/spin/link/signature.hpp"

#include <cstring>
#include <vector>

namespace spin_cc {

std::string with_signature(std::string object) {
    constexpr std::size_t WORD = sizeof(std::uint64_t);
    constexpr std::size_t SIGNATURE = 2 * WORD;
    std::uint64_t mark = 0;
    if (object.size() >= SIGNATURE && object.size() % WORD == 0)
        std::memcpy(&mark, object.data() + object.size() - SIGNATURE, WORD);
    if (mark == link::SIGNED)
        object.resize(object.size() - SIGNATURE);
    object.resize((object.size() + WORD - 1) / WORD * WORD);
    std::vector<std::uint64_t> words(object.size() / WORD); // at a word's address
    std::memcpy(words.data(), object.data(), object.size());
    const std::uint64_t code = link::signature_of(std::as_bytes(std::span(words)));
    for (const std::uint64_t word : {link::SIGNED, code})
        object.append(reinterpret_cast<const char*>(&word), WORD);
    return object;
}

} // namespace spin_cc
