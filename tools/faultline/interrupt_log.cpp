// QEMU's own record of traps (`-d int`), the second witness.
// SPDX-License-Identifier: MIT
//
// A line reads: riscv_cpu_do_interrupt: hart:0, async:0, cause:000000000000000f, epc:0x...,
// tval:0x..., desc=...
#include "interrupt_log.hpp"

#include "text.hpp"

namespace faultline {

static std::optional<std::uint64_t> field(std::string_view line, std::string_view name) {
    const auto start = line.find(name);
    if (start == std::string_view::npos)
        return std::nullopt;
    line.remove_prefix(start + name.size());
    line = line.substr(0, line.find_first_of(", \r\n"));
    return parse_number(line.starts_with("0x") ? std::string(line) : "0x" + std::string(line));
}

std::optional<Trap> parse_trap(std::string_view line) {
    if (line.find("riscv_cpu_do_interrupt") == std::string_view::npos)
        return std::nullopt;
    const auto async = field(line, "async:");
    const auto cause = field(line, "cause:");
    const auto pc = field(line, "epc:");
    const auto value = field(line, "tval:");
    if (!async || !cause || !pc || !value)
        return std::nullopt;
    return Trap{*async != 0, *cause, *pc, *value};
}

static bool is_page_fault(const Trap& trap) {
    return !trap.interrupt && (trap.cause == static_cast<std::uint64_t>(Cause::fetch_page_fault) ||
                               trap.cause == static_cast<std::uint64_t>(Cause::load_page_fault) ||
                               trap.cause == static_cast<std::uint64_t>(Cause::store_page_fault));
}

template <class Use>
static void each_trap(std::string_view log, Use use) {
    while (!log.empty()) {
        const auto end = log.find('\n');
        const auto trap = parse_trap(log.substr(0, end));
        log.remove_prefix(end == std::string_view::npos ? log.size() : end + 1);
        if (trap)
            use(*trap);
    }
}

template <class Use>
static void each_page_fault(std::string_view log, Use use) {
    each_trap(log, [&](const Trap& trap) {
        if (is_page_fault(trap))
            use(trap);
    });
}

Cause cause_of(const Trap& trap) {
    return static_cast<Cause>(trap.interrupt ? 1ULL << 63 | trap.cause : trap.cause);
}

static bool is_of_kind(const Trap& trap, std::string_view kind) {
    const bool call = cause_of(trap) == Cause::user_call;
    if (kind == "call")
        return call;
    if (kind == "interrupt")
        return cause_of(trap) == Cause::external_interrupt;
    return !trap.interrupt && !call && !is_page_fault(trap);
}

std::optional<Trap> trap_within(std::string_view log, std::string_view kind, std::uint64_t low,
                                std::uint64_t high) {
    std::optional<Trap> found;
    each_trap(log, [&](const Trap& trap) {
        if (!found && trap.pc >= low && trap.pc < high && is_of_kind(trap, kind))
            found = trap;
    });
    return found;
}

std::optional<PageFault> page_fault_at(std::string_view log, std::uint64_t pc) {
    std::optional<PageFault> found;
    each_page_fault(log, [&](const Trap& trap) {
        if (trap.pc != pc)
            return;
        if (!found)
            found = PageFault{static_cast<Cause>(trap.cause), trap.value, 0};
        if (trap.value == found->address)
            ++found->times;
    });
    return found;
}

std::optional<std::uint64_t> last_fetch_fault(std::string_view log) {
    std::optional<std::uint64_t> found;
    each_page_fault(log, [&](const Trap& trap) {
        if (trap.cause == static_cast<std::uint64_t>(Cause::fetch_page_fault))
            found = trap.pc;
    });
    return found;
}

std::string words(Cause cause) {
    switch (cause) {
    case Cause::fetch_misaligned:
        return "misaligned fetch";
    case Cause::fetch_access_fault:
        return "fetch access fault";
    case Cause::illegal_instruction:
        return "illegal instruction";
    case Cause::breakpoint:
        return "breakpoint";
    case Cause::load_misaligned:
        return "misaligned load";
    case Cause::load_access_fault:
        return "load access fault";
    case Cause::store_misaligned:
        return "misaligned store";
    case Cause::store_access_fault:
        return "store access fault";
    case Cause::user_call:
        return "system call";
    case Cause::external_interrupt:
        return "external interrupt";
    case Cause::fetch_page_fault:
        return "fetch page fault";
    case Cause::load_page_fault:
        return "load page fault";
    case Cause::store_page_fault:
        return "store page fault";
    }
    return "unknown cause " + std::to_string(static_cast<std::uint64_t>(cause));
}

} // namespace faultline
