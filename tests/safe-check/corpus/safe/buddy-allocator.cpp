// A buddy allocator of ranges of pages, by orders and indices.
// SPDX-License-Identifier: MIT
//
// Does: bitmaps for each order in one array, splitting and joining by arithmetic on indices.
#include "kernels/spin/interface/extension.hpp"

#include <array>
#include <bit>

namespace {

constexpr unsigned ORDERS = 6;
constexpr std::size_t PAGES = 1 << (ORDERS - 1);

class Buddies {
public:
    constexpr Buddies() { is_free_[1] = true; }
    // The first of COUNT pages, rounded up to a power of two.
    Result<std::size_t> take(std::size_t count) {
        if (count == 0 || count > PAGES)
            return std::unexpected(Error::invalid);
        const auto order = static_cast<unsigned>(std::bit_width(count - 1));
        return take_of(order);
    }
    void give_back(std::size_t first, unsigned order) {
        std::size_t node = node_of(first, order);
        while (node > 1 && is_free_[node ^ 1]) {
            is_free_[node ^ 1] = false;
            node /= 2;
        }
        is_free_[node] = true;
    }

private:
    // Nodes of a binary tree: 1 is all pages, 2 and 3 are its halves.
    static constexpr std::size_t node_of(std::size_t first, unsigned order) {
        return (PAGES + first) >> order;
    }
    Result<std::size_t> take_of(unsigned order) {
        const std::size_t start = PAGES >> order;
        for (unsigned above = 0; above + order < ORDERS; ++above)
            for (std::size_t node = start >> above; node < 2 * (start >> above); ++node)
                if (is_free_[node])
                    return split(node, above, order);
        return std::unexpected(Error::no_memory);
    }
    std::size_t split(std::size_t node, unsigned times, unsigned order) {
        is_free_[node] = false;
        for (; times != 0; --times) {
            node *= 2;
            is_free_[node + 1] = true;
        }
        return (node << order) - PAGES;
    }
    std::array<bool, 2 * PAGES> is_free_{};
};

constinit Buddies buddies{};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const std::size_t first = TRY(buddies.take(3));
    const std::size_t second = TRY(buddies.take(8));
    buddies.give_back(first, 2);
    return second == 8 ? Result<void>() : std::unexpected(Error::invalid);
}
