// A word of a program's memory is loaded as an enumeration.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: codec
// breaks: it has a value without a name: the switch with a return for each falls off its end.
#include "kernels/spin/interface/extension.hpp"

#include "kernels/spin/interface/virt_addr.hpp"
#include "lib/codec.hpp"

#include <array>

namespace {

enum class Command : std::uint32_t { grow, shrink };

std::uint64_t pages(Command command) {
    switch (command) {
    case Command::grow:
        return 16;
    case Command::shrink:
        return 1;
    }
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program& program) {
    std::array<std::byte, 4> bytes{};
    TRY(virt_addr_read(program.context, program.heap_start, bytes));
    return pages(TRY(load<Command>(bytes, 0))) > 1 ? Result<void>()
                                                   : std::unexpected(Error::invalid);
}
