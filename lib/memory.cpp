// Zeroing, copying between domains, and what the compiler and libstdc++ call by themselves.
// SPDX-License-Identifier: MIT
//
// Eight bytes at a time where both ends are aligned: guest instructions are what Faultline counts.
#include "lib/memory.hpp"

#include "lib/panic.hpp"

#include <cstdint>

void zero_page(PageBytes page) {
    // A page is aligned to its size, so it is an array of aligned words.
    auto* word = reinterpret_cast<std::uint64_t*>(page.data());
    auto* const end = word + PAGE_SIZE / sizeof(std::uint64_t);
    for (; word != end; word += 8) {
        word[0] = 0;
        word[1] = 0;
        word[2] = 0;
        word[3] = 0;
        word[4] = 0;
        word[5] = 0;
        word[6] = 0;
        word[7] = 0;
    }
}

void copy_page(PageBytes to, std::span<const std::byte, PAGE_SIZE> from) {
    constexpr std::size_t WORDS = 32; // a turn: as many loads and stores as are worth unrolling
    auto* target = reinterpret_cast<std::uint64_t*>(to.data());
    const auto* source = reinterpret_cast<const std::uint64_t*>(from.data());
    const auto* const end = source + PAGE_SIZE / sizeof(std::uint64_t);
    for (; source != end; source += WORDS, target += WORDS)
#pragma GCC unroll 32
        for (std::size_t i = 0; i < WORDS; ++i)
            target[i] = source[i];
}

extern "C" [[gnu::noipa]] void copy_across_domains(std::span<std::byte> destination,
                                                   std::span<const std::byte> source) {
    if (destination.size() < source.size())
        panic("copy_across_domains: destination too small");
    auto* to = destination.data();
    const auto* from = source.data();
    std::size_t left = source.size();
    const auto both = reinterpret_cast<std::uintptr_t>(to) | reinterpret_cast<std::uintptr_t>(from);
    if (both % sizeof(std::uint64_t) == 0)
        for (; left >= sizeof(std::uint64_t); left -= sizeof(std::uint64_t)) {
            *reinterpret_cast<std::uint64_t*>(to) = *reinterpret_cast<const std::uint64_t*>(from);
            to += sizeof(std::uint64_t);
            from += sizeof(std::uint64_t);
        }
    for (; left != 0; --left)
        *to++ = *from++;
}

extern "C" {

void* memcpy(void* __restrict destination, const void* __restrict source, std::size_t size) {
    auto* to = static_cast<unsigned char*>(destination);
    const auto* from = static_cast<const unsigned char*>(source);
    const auto both = reinterpret_cast<std::uintptr_t>(to) | reinterpret_cast<std::uintptr_t>(from);
    if (both % sizeof(std::uint64_t) == 0)
        for (; size >= sizeof(std::uint64_t); size -= sizeof(std::uint64_t)) {
            *reinterpret_cast<std::uint64_t*>(to) = *reinterpret_cast<const std::uint64_t*>(from);
            to += sizeof(std::uint64_t);
            from += sizeof(std::uint64_t);
        }
    for (; size != 0; --size)
        *to++ = *from++;
    return destination;
}

void* memmove(void* destination, const void* source, std::size_t size) {
    auto* to = static_cast<unsigned char*>(destination);
    const auto* from = static_cast<const unsigned char*>(source);
    if (to <= from || to >= from + size)
        return memcpy(destination, source, size);
    while (size-- != 0)
        to[size] = from[size];
    return destination;
}

void* memset(void* destination, int value, std::size_t size) {
    auto* to = static_cast<unsigned char*>(destination);
    const auto byte = static_cast<unsigned char>(value);
    if (reinterpret_cast<std::uintptr_t>(to) % sizeof(std::uint64_t) == 0)
        for (; size >= sizeof(std::uint64_t); size -= sizeof(std::uint64_t)) {
            *reinterpret_cast<std::uint64_t*>(to) = byte * 0x0101010101010101ULL;
            to += sizeof(std::uint64_t);
        }
    for (; size != 0; --size)
        *to++ = byte;
    return destination;
}

int memcmp(const void* left, const void* right, std::size_t size) {
    const auto* a = static_cast<const unsigned char*>(left);
    const auto* b = static_cast<const unsigned char*>(right);
    for (; size != 0; --size, ++a, ++b)
        if (*a != *b)
            return *a < *b ? -1 : 1;
    return 0;
}

void* memchr(const void* bytes, int value, std::size_t size) {
    const auto* at = static_cast<const unsigned char*>(bytes);
    for (; size != 0; --size, ++at)
        if (*at == static_cast<unsigned char>(value))
            return const_cast<unsigned char*>(at);
    return nullptr;
}

std::size_t strlen(const char* text) {
    std::size_t length = 0;
    while (text[length] != '\0')
        ++length;
    return length;
}

} // extern "C"
