// Refused: codec@20,24,27,31,35: what the codec may not make out of bytes.
// SPDX-License-Identifier: MIT
#include "lib/codec.hpp"
#include "lib/fault.hpp"

#include <array>
#include <string_view>

namespace vm {

enum class Kind : std::uint8_t { anonymous };
struct Header {
    std::uint32_t magic;
    std::array<std::uint8_t, 4> version;
    Kind kind;
};

// A view of any memory whatever.
inline Result<std::byte> anywhere(Bytes bytes) {
    return TRY(load<std::span<const std::byte>>(bytes, 0))[0];
}

// What only its class's functions make.
inline Result<Rights> forge(Bytes bytes) { return load<Rights>(bytes, 0); }

// A value without a name.
inline Result<Kind> kind(Bytes bytes) { return load<Kind>(bytes, 0); }

inline Result<bool> truth(Bytes bytes) {
    // Neither true nor false.
    return TRY(load<bool>(bytes, 0));
}

// The same, inside a struct.
inline Result<Header> header(Bytes bytes) { return load<Header>(bytes, 0); }

} // namespace vm
