// Three sorts of a table by an order that the caller says: insertion, heap, and by digits.
// SPDX-License-Identifier: MIT
//
// Does: templates over the element and a comparison, spans of spans, std::swap.
#include "kernels/spin/interface/extension.hpp"

#include <array>
#include <utility>

namespace {

template <class T, class Less>
void insertion_sort(std::span<T> items, Less less) {
    for (std::size_t end = 1; end < items.size(); ++end)
        for (std::size_t place = end; place != 0 && less(items[place], items[place - 1]); --place)
            std::swap(items[place], items[place - 1]);
}

template <class T, class Less>
void heap_sort(std::span<T> items, Less less) {
    const auto sift = [&](std::size_t root, std::size_t count) {
        for (std::size_t child = 2 * root + 1; child < count; child = 2 * root + 1) {
            if (child + 1 < count && less(items[child], items[child + 1]))
                ++child;
            if (!less(items[root], items[child]))
                return;
            std::swap(items[root], items[child]);
            root = child;
        }
    };
    for (std::size_t root = items.size() / 2; root != 0; --root)
        sift(root - 1, items.size());
    for (std::size_t count = items.size(); count > 1; --count) {
        std::swap(items[0], items[count - 1]);
        sift(0, count - 1);
    }
}

template <std::size_t N>
void radix_sort(std::array<std::uint32_t, N>& items) {
    for (unsigned shift = 0; shift < 32; shift += 8) {
        std::array<std::size_t, 257> starts{};
        for (const std::uint32_t item : items)
            starts[(item >> shift & 0xff) + 1] += 1;
        for (std::size_t i = 1; i < starts.size(); ++i)
            starts[i] += starts[i - 1];
        const std::array<std::uint32_t, N> before = items;
        for (const std::uint32_t item : before)
            items[starts[item >> shift & 0xff]++] = item;
    }
}

constinit std::array<std::uint32_t, 8> numbers{5, 3, 9, 1, 7, 2, 8, 0};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    insertion_sort(std::span<std::uint32_t>(numbers),
                   [](std::uint32_t a, std::uint32_t b) { return a < b; });
    heap_sort(std::span<std::uint32_t>(numbers),
              [](std::uint32_t a, std::uint32_t b) { return a > b; });
    radix_sort(numbers);
    return numbers[1] == 1 ? Result<void>() : std::unexpected(Error::malformed);
}
