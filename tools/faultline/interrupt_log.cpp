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
static void each_page_fault(std::string_view log, Use use) {
    while (!log.empty()) {
        const auto end = log.find('\n');
        const auto trap = parse_trap(log.substr(0, end));
        log.remove_prefix(end == std::string_view::npos ? log.size() : end + 1);
        if (trap && is_page_fault(*trap))
            use(*trap);
    }
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
