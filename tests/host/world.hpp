// Shared by the host tests: the panic exception, and byte buffers to build files in.
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstring>
#include <random>
#include <span>
#include <stdexcept>
#include <vector>

struct Panic : std::runtime_error {
    using std::runtime_error::runtime_error;
};

using Buffer = std::vector<std::byte>;

template <class T>
void put(Buffer& buffer, std::size_t offset, const T& value) {
    if (buffer.size() < offset + sizeof(T))
        buffer.resize(offset + sizeof(T));
    std::memcpy(buffer.data() + offset, &value, sizeof(T));
}

// Calls USE with every proper prefix of FILE, and with ROUNDS copies of it that have up to eight
// bytes changed, from a fixed seed. Each copy stands alone on the heap, so that a read past its end
// is seen by the sanitizer.
template <class Use>
void with_damaged_copies(const Buffer& file, int rounds, Use use) {
    for (std::size_t length = 0; length < file.size(); ++length)
        use(Buffer(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(length)));
    std::mt19937 random(20261121);
    for (int round = 0; round < rounds; ++round) {
        Buffer copy = file;
        for (unsigned change = random() % 8 + 1; change != 0; --change)
            copy[random() % copy.size()] = static_cast<std::byte>(random());
        use(copy);
    }
}
