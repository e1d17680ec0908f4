// One pass over the device tree's structure block.
// SPDX-License-Identifier: MIT
#include "arch/riscv/device_tree.hpp"

namespace {

constexpr std::uint32_t MAGIC = 0xd00dfeed;
enum Token : std::uint32_t { BEGIN_NODE = 1, END_NODE = 2, PROPERTY = 3, NOP = 4, END = 9 };

struct Property {
    std::string_view name;
    Bytes value;
};

// The zero-terminated string at OFFSET.
Result<std::string_view> string_at(Bytes bytes, std::uint64_t offset) {
    for (std::uint64_t end = offset; end < bytes.size(); ++end)
        if (bytes[end] == std::byte{0})
            return std::string_view(reinterpret_cast<const char*>(bytes.data()) + offset,
                                    end - offset);
    return std::unexpected(Error::malformed);
}

std::string_view without_terminator(Bytes value) {
    std::string_view text(reinterpret_cast<const char*>(value.data()), value.size());
    return text.substr(0, text.find('\0'));
}

// One or two cells, as `linux,initrd-start` may have either.
Result<std::uint64_t> cells(Bytes value) {
    return value.size() == 4 ? Result<std::uint64_t>(TRY(load_big<std::uint32_t>(value, 0)))
                             : load_big<std::uint64_t>(value, 0);
}

Result<PhysRange> reg_range(Bytes value) {
    const PhysAddr start(TRY(load_big<std::uint64_t>(value, 0)));
    return PhysRange{start, start + TRY(load_big<std::uint64_t>(value, 8))};
}

// Takes from a property of the node NODE (its name, unit address included) what BootInfo wants.
Result<void> note(BootInfo& info, std::string_view node, const Property& property) {
    if (node.starts_with("memory@") && property.name == "reg")
        info.memory = TRY(reg_range(property.value));
    else if (node.starts_with("test@") && property.name == "reg")
        info.test_device = TRY(reg_range(property.value)).start;
    else if (node == "cpus" && property.name == "timebase-frequency")
        info.timebase = TRY(cells(property.value));
    else if (node == "chosen" && property.name == "bootargs")
        info.arguments = without_terminator(property.value);
    else if (node == "chosen" && property.name == "rng-seed")
        info.random_seed = property.value;
    else if (node == "chosen" && property.name == "linux,initrd-start")
        info.initial_ram_disk.start = PhysAddr(TRY(cells(property.value)));
    else if (node == "chosen" && property.name == "linux,initrd-end")
        info.initial_ram_disk.end = PhysAddr(TRY(cells(property.value)));
    return {};
}

Result<void> read_structure(BootInfo& info, Bytes structure, Bytes strings) {
    std::string_view node;
    for (std::uint64_t at = 0;;) {
        const auto token = TRY(load_big<std::uint32_t>(structure, at));
        at += 4;
        if (token == BEGIN_NODE) {
            node = TRY(string_at(structure, at));
            at += (node.size() + 4) & ~3ULL; // the terminator, padded to a cell
            if (node.starts_with("cpu@"))
                ++info.hart_count;
        } else if (token == PROPERTY) {
            const auto size = TRY(load_big<std::uint32_t>(structure, at));
            const auto name = TRY(load_big<std::uint32_t>(structure, at + 4));
            const Bytes value = TRY(slice(structure, at + 8, size));
            TRY(note(info, node, {TRY(string_at(strings, name)), value}));
            at += 8 + ((size + 3ULL) & ~3ULL);
        } else if (token == END_NODE) {
            node = {}; // properties come before child nodes, so the parent's are done
        } else if (token == END) {
            return {};
        } else if (token != NOP) {
            return std::unexpected(Error::malformed);
        }
    }
}

} // namespace

Result<std::uint64_t> device_tree_size(Bytes header) {
    if (TRY(load_big<std::uint32_t>(header, 0)) != MAGIC)
        return std::unexpected(Error::malformed);
    return TRY(load_big<std::uint32_t>(header, 4));
}

Result<BootInfo> read_device_tree(Bytes tree) {
    const Bytes whole = TRY(slice(tree, 0, TRY(device_tree_size(tree))));
    const Bytes structure = TRY(slice(whole, TRY(load_big<std::uint32_t>(whole, 8)),
                                      TRY(load_big<std::uint32_t>(whole, 36))));
    const Bytes strings = TRY(slice(whole, TRY(load_big<std::uint32_t>(whole, 12)),
                                    TRY(load_big<std::uint32_t>(whole, 32))));
    BootInfo info;
    TRY(read_structure(info, structure, strings));
    if (info.memory.size() == 0 || info.initial_ram_disk.end < info.initial_ram_disk.start)
        return std::unexpected(Error::not_found);
    return info;
}
