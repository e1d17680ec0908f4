// A constructor calls, by way of a function, a virtual function that nobody has defined yet.
// SPDX-License-Identifier: MIT
//
// gate: linker
// breaks: the table of virtual functions has a hole there: the call goes to the runtime's trap, or
// to zero.
#include "kernels/spin/interface/extension.hpp"

namespace {

class Stage {
public:
    explicit Stage(std::uint64_t depth);
    virtual std::uint64_t run(std::uint64_t value) = 0;
};

[[gnu::noinline]] std::uint64_t start(Stage& stage, std::uint64_t value) {
    return stage.run(value);
}

class Adder : public Stage {
public:
    using Stage::Stage;
    std::uint64_t run(std::uint64_t value) override { return value + 1; }
};
class Doubler : public Stage {
public:
    using Stage::Stage;
    std::uint64_t run(std::uint64_t value) override { return value * 2; }
};

Stage::Stage(std::uint64_t depth) {
    if (depth != 0)
        start(*this, depth);
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    const std::uint64_t limit = TRY(phys_addr_limit(quota));
    Adder adder(0);
    Doubler doubler(limit);
    return start(adder, limit) < start(doubler, limit) ? Result<void>()
                                                       : std::unexpected(Error::invalid);
}
