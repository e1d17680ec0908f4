// Least recently used pages by a doubly linked list of indices.
// SPDX-License-Identifier: MIT
//
// Does: touch moves to the front, the last one is the victim; a sentinel ends both ways.
#include "kernels/spin/interface/extension.hpp"

#include <array>
#include <optional>

namespace {

template <std::size_t MOST>
class Lru {
public:
    void touch(std::size_t item) {
        if (links_[item].is_in)
            take_out(item);
        put_in_front(item);
    }
    std::optional<std::size_t> evict() {
        const std::size_t last = links_[END].previous;
        if (last == END)
            return std::nullopt;
        take_out(last);
        return last;
    }

private:
    static constexpr std::size_t END = MOST;
    struct Link {
        std::size_t next = END;
        std::size_t previous = END;
        bool is_in = false;
    };
    void take_out(std::size_t item) {
        const Link link = links_[item];
        links_[link.previous].next = link.next;
        links_[link.next].previous = link.previous;
        links_[item].is_in = false;
    }
    void put_in_front(std::size_t item) {
        const std::size_t first = links_[END].next;
        links_[item] = {.next = first, .previous = END, .is_in = true};
        links_[first].previous = item;
        links_[END].next = item;
    }
    std::array<Link, MOST + 1> links_{};
};

constinit Lru<64> pages{};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    for (std::size_t page = 0; page < 10; ++page)
        pages.touch(page % 7);
    const std::optional<std::size_t> victim = pages.evict();
    return victim == 3 ? Result<void>() : std::unexpected(Error::not_found);
}
