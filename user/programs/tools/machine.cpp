// free, sync, uptime: the machine as a whole.
// SPDX-License-Identifier: MIT
#include "tool.hpp"

#include "lib/address.hpp"

namespace tools {

namespace {

constexpr std::uint64_t UNKNOWN = ~0ULL; // a counter that this kernel does not have
constexpr std::uint64_t KIB_A_PAGE = PAGE_SIZE / 1024;

void put_row(os::Writer& out, std::string_view name, std::uint64_t all, std::uint64_t used) {
    os::put_left(out, name, 8);
    if (all == UNKNOWN || used == UNKNOWN) {
        out.put("     unknown\n");
        return;
    }
    os::put_right(out, all * KIB_A_PAGE, 12);
    os::put_right(out, used * KIB_A_PAGE, 12);
    os::put_right(out, (all - used) * KIB_A_PAGE, 12);
    out.put("\n");
}

} // namespace

int free(os::Arguments arguments) {
    os::Statistics now{};
    if (const std::int64_t error = os::statistics(now); error < 0)
        return complain(arguments, "statistics", error);
    os::Writer out(os::OUTPUT);
    print(out, "KiB              all      in use        free\n");
    put_row(out, "memory", now.frames, now.resident_pages);
    put_row(out, "swap", now.swap_slots, now.swap_slots - now.free_swap_slots);
    print(out, "disk");
    os::put_blanks(out, 28);
    os::put_right(out, now.free_blocks * KIB_A_PAGE, 12);
    print(out, "\n\n", now.free_inodes, " inodes are free; ");
    if (now.context_switches != abi::NOT_COUNTED)
        print(out, now.context_switches, " context switches so far,\n");
    else
        print(out, "context switches are not counted here,\n");
    print(out, now.page_faults, " page faults, ", now.evictions, " evictions (",
          now.evictions_in_fault, " in a fault)\n");
    return finish(arguments, out);
}

int sync(os::Arguments arguments) {
    const std::int64_t error = os::sync();
    return error < 0 ? complain(arguments, "disk", error) : DONE;
}

int uptime(os::Arguments arguments) {
    const std::uint64_t milliseconds = os::uptime() / os::TICKS_PER_MILLISECOND;
    os::FixedText<4> thousandths;
    os::put_right(thousandths, milliseconds % 1000 + 1000, 4);
    os::Writer out(os::OUTPUT);
    print(out, "up ", milliseconds / 1000, ".", thousandths.view().substr(1), " seconds\n");
    return finish(arguments, out);
}

} // namespace tools
