// Refused: codec@29,31,33,36,40,45 pointer@46: the same types, further inside and by other ways.
// SPDX-License-Identifier: MIT
#include "lib/codec.hpp"

#include <array>

namespace vm {

enum class Kind : std::uint8_t { anonymous };
struct Flags {
    std::uint8_t number;
    bool dirty;
};
struct Table {
    std::array<Flags, 2> flags;
};
// What only its own functions make, as a template.
template <class T>
class Serial {
public:
    Serial() = default;
    explicit Serial(T number) : number_(number) {}

private:
    T number_ = 0;
};

// Nested in structs and arrays.
inline Result<Table> table(Bytes bytes) { return load<Table>(bytes, 0); }

inline Result<std::array<bool, 8>> bits(Bytes bytes) { return load<std::array<bool, 8>>(bytes, 0); }
inline Result<void> put(std::span<std::byte> bytes, const Flags& flags) {
    return store(bytes, 0, flags);
}

inline Result<Serial<int>> index(Bytes bytes) { return load<Serial<int>>(bytes, 0); }

template <class T>
Result<T> first(Bytes bytes) {
    return load<T>(bytes, 0);
}
inline Result<Kind> kind(Bytes bytes) { return first<Kind>(bytes); }
// Under another name.
inline Result<Kind> renamed(Bytes bytes) {
    const auto& loaded = load<Kind>;
    return loaded(bytes, 0);
}

} // namespace vm
