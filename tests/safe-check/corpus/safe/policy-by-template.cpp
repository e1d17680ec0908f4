// Replacement policies as classes behind one concept, chosen at boot without an indirect call.
// SPDX-License-Identifier: MIT
//
// Does: a concept, two policies, a class template over the policy, a switch over the kind.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/machine.hpp"

#include <array>
#include <concepts>

namespace {

template <class P>
concept Policy = requires(P& policy, std::size_t page) {
    { policy.touch(page) } -> std::same_as<void>;
    { policy.victim() } -> std::same_as<std::size_t>;
};

constexpr std::size_t PAGES = 32;

class Fifo {
public:
    void touch(std::size_t) {}
    std::size_t victim() { return next_++ % PAGES; }

private:
    std::size_t next_ = 0;
};

class NotRecent {
public:
    void touch(std::size_t page) { used_[page % PAGES] = true; }
    std::size_t victim() {
        for (std::size_t page = 0; page < PAGES; ++page)
            if (!used_[page])
                return page;
        used_ = {};
        return 0;
    }

private:
    std::array<bool, PAGES> used_{};
};
static_assert(Policy<Fifo> && Policy<NotRecent>);

template <Policy P>
std::size_t simulate(P& policy) {
    std::size_t sum = 0;
    for (std::size_t step = 0; step < 100; ++step) {
        policy.touch(step * 7);
        sum += policy.victim();
    }
    return sum;
}

enum class Kind : std::uint8_t { fifo, not_recent };

std::size_t run(Kind kind) {
    switch (kind) {
    case Kind::fifo: {
        Fifo fifo{};
        return simulate(fifo);
    }
    case Kind::not_recent: {
        NotRecent policy{};
        return simulate(policy);
    }
    }
    return 0;
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const bool is_fifo =
        machine_arguments().find(std::string_view("policy=fifo")) != std::string_view::npos;
    return run(is_fifo ? Kind::fifo : Kind::not_recent) == 0 ? std::unexpected(Error::invalid)
                                                             : Result<void>();
}
