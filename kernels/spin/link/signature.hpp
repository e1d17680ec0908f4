// The signature behind an object: what spin-cc has checked, and nobody has altered since.
// SPDX-License-Identifier: MIT
//
// Pure code, also compiled for the host: spin-cc signs (tools/spin-cc), the kernel verifies
// (../domain.cpp) before it looks at anything else. The signature is SipHash-2-4 of the object
// under a key that both know: a message authentication code. So whoever can read the kernel's image
// can sign (docs/spin.md); what it keeps out is an object that went by the checker, not a thief of
// keys.
#pragma once

#include "kernels/spin/link/complaint.hpp"
#include "lib/codec.hpp"
#include "lib/siphash.hpp"

namespace link {

// A tree that wants a key of its own changes it here, for kernel and spin-cc at once.
inline constexpr SipHashKey SIGNING_KEY{0x6564206e69622d6b, 0x656c6c6f632d7561};

// Behind an object, which is filled up to whole words: this word, and the code.
inline constexpr std::uint64_t SIGNED = 0x3163632d6e697073; // "spin-cc1"

// The code of OBJECT, whose bytes stand at a word's address and are whole words.
inline std::uint64_t signature_of(Bytes object) {
    const auto* const first = reinterpret_cast<const std::uint64_t*>(object.data());
    return siphash(SIGNING_KEY, std::span(first, object.size() / sizeof *first));
}

// The object in FILE, without its signature. not_permitted: there is none, or not this one.
inline Result<Bytes> verify_signature(Bytes file, Complaint& complaint) {
    constexpr std::uint64_t WORD = sizeof(std::uint64_t);
    const bool is_whole = file.size() % WORD == 0 && file.size() >= 2 * WORD &&
                          reinterpret_cast<std::uintptr_t>(file.data()) % WORD == 0;
    if (!is_whole || TRY(load<std::uint64_t>(file, file.size() - 2 * WORD)) != SIGNED)
        return refuse(complaint, Error::not_permitted,
                      "not signed: only what spin-cc has checked is linked");
    const Bytes object = file.first(file.size() - 2 * WORD);
    if (TRY(load<std::uint64_t>(file, file.size() - WORD)) != signature_of(object))
        return refuse(complaint, Error::not_permitted,
                      "altered after it was signed, or signed with another key");
    return object;
}

} // namespace link
