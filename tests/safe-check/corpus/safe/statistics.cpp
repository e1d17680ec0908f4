// Counts a program's faults by kind, with least, most and mean of the time between.
// SPDX-License-Identifier: MIT
//
// Does: a small class of samples, and words for the console.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/strand.hpp"

#include "lib/print.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace {

class Samples {
public:
    void add(std::uint64_t value) {
        count_ += 1;
        sum_ += value;
        least_ = std::min(least_, value);
        most_ = std::max(most_, value);
    }
    std::uint64_t mean() const { return count_ == 0 ? 0 : sum_ / count_; }
    std::uint64_t least() const { return count_ == 0 ? 0 : least_; }
    std::uint64_t most() const { return most_; }

private:
    std::uint64_t count_ = 0;
    std::uint64_t sum_ = 0;
    std::uint64_t least_ = std::numeric_limits<std::uint64_t>::max();
    std::uint64_t most_ = 0;
};

struct Console {
    void put(std::string_view text) { console_write(text); }
};

struct Faults {
    std::array<std::uint64_t, 3> by_access{};
    Samples between{};
    std::uint64_t last = 0;
};
constinit Faults faults{};

std::size_t place_of(Access access) {
    switch (access) {
    case Access::load:
        return 0;
    case Access::store:
        return 1;
    case Access::fetch:
        return 2;
    }
    return 0;
}

Result<void> page_not_present(const spin::PageNotPresent& event) {
    const std::uint64_t now = strand_time();
    faults.between.add(now - faults.last);
    faults.last = now;
    faults.by_access[place_of(event.fault.access)] += 1;
    Console console{};
    print(console, to_words(event.fault.access), " at ", hex(event.fault.address), ", mean ",
          faults.between.mean(), "\n");
    return std::unexpected(Error::bad_address);
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program& program) {
    return translation_install_page_not_present(program.context, page_not_present);
}
