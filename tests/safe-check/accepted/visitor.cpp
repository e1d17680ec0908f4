// Accepted: a variant by a class with an operator() for each type, and beginnings of objects.
// SPDX-License-Identifier: MIT
#include "lib/codec.hpp"

#include <array>
#include <variant>

namespace vm {

enum class Kind : std::uint8_t { anonymous, file };
using Value = std::variant<int, Kind>;

struct ToNumber {
    int least = 0;
    int operator()(int number) const { return number < least ? least : number; }
    int operator()(Kind kind) const { return static_cast<int>(kind); }
};
inline int number(const Value& value) { return std::visit(ToNumber{1}, value); }

// Members by those before them, and what a class gives itself.
struct Header {
    std::uint32_t magic;
    std::uint32_t size;
};
class Reader {
public:
    explicit Reader(Bytes bytes) : bytes_(bytes), left_(bytes_.size()), twice_(2 * this->left_) {
        skip(1);
    }
    void skip(std::size_t count) { left_ -= count < left_ ? count : left_; }
    std::size_t left() const { return left_ + twice_ + header_.size + copy_.size(); }

private:
    Bytes bytes_;
    std::size_t left_ = 0;
    std::size_t twice_ = 0;
    Header header_{};
    Bytes copy_ = bytes_;
};

inline std::size_t sum() {
    std::size_t total = 0;
    const std::array<std::size_t, 2> parts{1, 2};
    for (const std::size_t& part : parts)
        total += part;
    return total;
}

} // namespace vm
