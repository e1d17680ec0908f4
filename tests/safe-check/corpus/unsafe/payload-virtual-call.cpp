// An object with virtual functions lives in an expected, and becomes numbers under a reference.
// SPDX-License-Identifier: MIT
//
// gate: checker
// breaks: the first number is taken for the table of virtual functions: the call goes where one
// likes.
#include "kernels/spin/interface/extension.hpp"

#include <array>
#include <expected>

namespace {

struct Shape {
    virtual std::uint64_t area() const { return side * side; }
    std::uint64_t side = 2;
};
struct Circle : Shape {
    std::uint64_t area() const override { return side * side * 3; }
};
using Numbers = std::array<std::uint64_t, 2>;

[[gnu::noinline]] std::uint64_t area_of(const Shape& shape) { return shape.area(); }

std::uint64_t measure(std::uint64_t where) {
    std::expected<Circle, Numbers> state{Circle{}};
    const Shape& shape = *state;
    state = std::unexpected(Numbers{where, 0});
    return area_of(shape);
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    return measure(0xffffffc080201000) == area_of(Shape()) ? Result<void>()
                                                           : std::unexpected(Error::invalid);
}
