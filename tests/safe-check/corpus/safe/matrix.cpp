// Products of small matrices: how long a path of page references is, in so many steps.
// SPDX-License-Identifier: MIT
//
// Does: arrays of arrays, operators of a class, powers by squaring.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

template <std::size_t N>
class Matrix {
public:
    static constexpr Matrix one() {
        Matrix result{};
        for (std::size_t i = 0; i < N; ++i)
            result.at(i, i) = 1;
        return result;
    }
    constexpr std::uint64_t& at(std::size_t row, std::size_t column) { return cells_[row][column]; }
    constexpr std::uint64_t at(std::size_t row, std::size_t column) const {
        return cells_[row][column];
    }
    constexpr Matrix operator*(const Matrix& other) const {
        Matrix result{};
        for (std::size_t row = 0; row < N; ++row)
            for (std::size_t column = 0; column < N; ++column)
                for (std::size_t i = 0; i < N; ++i)
                    result.at(row, column) += at(row, i) * other.at(i, column);
        return result;
    }

private:
    std::array<std::array<std::uint64_t, N>, N> cells_{};
};

template <std::size_t N>
constexpr Matrix<N> power(Matrix<N> base, std::uint64_t exponent) {
    Matrix<N> result = Matrix<N>::one();
    for (; exponent != 0; exponent /= 2) {
        if (exponent % 2 == 1)
            result = result * base;
        base = base * base;
    }
    return result;
}

constexpr std::uint64_t fibonacci(std::uint64_t n) {
    Matrix<2> step{};
    step.at(0, 0) = step.at(0, 1) = step.at(1, 0) = 1;
    return power(step, n).at(0, 1);
}
static_assert(fibonacci(10) == 55);

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    return fibonacci(TRY(phys_addr_limit(quota)) % 90) < (std::uint64_t{1} << 62)
               ? Result<void>()
               : std::unexpected(Error::too_large);
}
