// Looking an address up among images and functions; there are few, so a plain search does.
// SPDX-License-Identifier: MIT
//
// Called while QEMU translates (plugin.cpp), never while the guest executes.
#include "layout.hpp"

namespace probe {

Mode mode_of(std::uint64_t pc) {
    constexpr Range reset_rom{reset_vector, 0x1'0000};
    constexpr Range firmware{0x8000'0000, 0x8020'0000};
    constexpr Range physical_kernel{0x8020'0000, 0x9000'0000};
    constexpr std::uint64_t upper_half = 0xffff'ffc0'0000'0000;
    if (firmware.contains(pc) || reset_rom.contains(pc))
        return Mode::machine;
    if (pc >= upper_half || physical_kernel.contains(pc))
        return Mode::supervisor;
    return Mode::user;
}

Site Layout::site(std::uint64_t pc, unsigned length, Decoded decoded) const {
    Site site{.pc = pc, .next = pc + length, .decoded = decoded, .mode = mode_of(pc)};
    site.in_program = site.mode == Mode::user && configuration_.watch.program.contains(pc);
    for (std::size_t i = 0; i < configuration_.images.size(); ++i) {
        if (configuration_.images[i].range.contains(pc)) {
            site.image = static_cast<std::int32_t>(i);
            site.domain = configuration_.images[i].domain;
        }
    }
    for (std::size_t i = 0; i < configuration_.functions.size(); ++i) {
        const auto& record = configuration_.functions[i];
        if (record.range.low == pc)
            site.entry = record.function;
        if (record.range.low == pc || record.range.contains(pc)) {
            site.function = static_cast<std::int32_t>(i);
            site.inside = record.function;
        }
    }
    return site;
}

} // namespace probe
