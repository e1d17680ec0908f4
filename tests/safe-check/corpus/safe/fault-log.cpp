// A log of the last faults of a program, printed when a bad address ends it.
// SPDX-License-Identifier: MIT
//
// Does: a ring of structs, newest last, and two handlers that share it.
#include "kernels/spin/interface/extension.hpp"

#include "lib/print.hpp"

#include <array>

namespace {

struct Entry {
    VirtAddr address{};
    VirtAddr pc{};
    Access access = Access::load;
};

class Log {
public:
    void add(const Fault& fault) {
        entries_[count_++ % entries_.size()] = {fault.address, fault.pc, fault.access};
    }
    template <class Each>
    void for_each(Each each) const {
        const std::uint64_t first = count_ < entries_.size() ? 0 : count_ - entries_.size();
        for (std::uint64_t i = first; i < count_; ++i)
            each(entries_[i % entries_.size()]);
    }

private:
    std::array<Entry, 16> entries_{};
    std::uint64_t count_ = 0;
};

struct Console {
    void put(std::string_view text) { console_write(text); }
};

constinit Log log{};

Result<void> note(const spin::PageNotPresent& event) {
    log.add(event.fault);
    return std::unexpected(Error::bad_address);
}

Result<void> report(const spin::BadAddress& event) {
    Console console{};
    log.for_each([&](const Entry& entry) {
        print(console, to_words(entry.access), " of ", hex(entry.address), " by ", hex(entry.pc),
              "\n");
    });
    return std::unexpected(event.why);
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program& program) {
    TRY(translation_install_bad_address(program.context, report));
    return translation_install_page_not_present(program.context, note);
}
