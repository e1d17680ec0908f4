// One pass over the device tree's structure block.
// SPDX-License-Identifier: MIT
#include "arch/riscv/device_tree.hpp"

#include <algorithm>
#include <utility>

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

// What a device's node says of it. Its properties come in any order, so it is judged at its end.
struct Node {
    std::string_view name; // unit address included
    Bytes reg;
    Bytes interrupts;
    Bytes interrupts_extended; // of an interrupt controller: a pair of cells for each context
    Bytes compatible;          // names, each with its terminator
    std::uint32_t phandle = 0; // how other nodes refer to this one; 0: they do not
};

// While the tree is read.
struct Reading {
    BootInfo info;
    Node node;
    std::uint64_t cpu = 0;             // the hart whose node was read last
    std::uint32_t hart_controller = 0; // phandle of the interrupt controller inside our hart
    Bytes plic_contexts;
};

bool is_compatible(const Node& node, std::string_view with) {
    std::string_view names(reinterpret_cast<const char*>(node.compatible.data()),
                           node.compatible.size());
    while (!names.empty()) {
        const std::string_view name = names.substr(0, names.find('\0'));
        if (name == with)
            return true;
        names.remove_prefix(std::min(name.size() + 1, names.size()));
    }
    return false;
}

Result<DeviceInfo> device(const Node& node) {
    DeviceInfo info{TRY(reg_range(node.reg)), 0};
    if (!node.interrupts.empty())
        info.interrupt = TRY(load_big<std::uint32_t>(node.interrupts, 0));
    return info;
}

// Takes from a property of the present node what BootInfo wants, or keeps it for the node's end.
Result<void> note(Reading& reading, const Property& property) {
    BootInfo& info = reading.info;
    Node& node = reading.node;
    if (property.name == "reg")
        node.reg = property.value;
    else if (property.name == "interrupts")
        node.interrupts = property.value;
    else if (property.name == "interrupts-extended")
        node.interrupts_extended = property.value;
    else if (property.name == "compatible")
        node.compatible = property.value;
    else if (property.name == "phandle")
        node.phandle = TRY(load_big<std::uint32_t>(property.value, 0));
    else if (node.name == "cpus" && property.name == "timebase-frequency")
        info.timebase = TRY(cells(property.value));
    else if (node.name == "chosen" && property.name == "bootargs")
        info.arguments = without_terminator(property.value);
    else if (node.name == "chosen" && property.name == "rng-seed")
        info.random_seed = property.value;
    else if (node.name == "chosen" && property.name == "linux,initrd-start")
        info.initial_ram_disk.start = PhysAddr(TRY(cells(property.value)));
    else if (node.name == "chosen" && property.name == "linux,initrd-end")
        info.initial_ram_disk.end = PhysAddr(TRY(cells(property.value)));
    return {};
}

Result<void> note_virtio(BootInfo& info, const Node& node) {
    if (info.virtio_count == info.virtio.size())
        return std::unexpected(Error::too_many);
    info.virtio[info.virtio_count++] = TRY(device(node));
    return {};
}

// All properties of the present node were read: what is it?
Result<void> end_properties(Reading& reading) {
    BootInfo& info = reading.info;
    const Node node = std::exchange(reading.node, {});
    if (node.name.starts_with("memory@")) {
        info.memory = TRY(reg_range(node.reg));
    } else if (node.name.starts_with("cpu@")) {
        ++info.hart_count;
        reading.cpu = TRY(cells(node.reg));
    } else if (is_compatible(node, "riscv,cpu-intc")) { // a child of its hart's node
        if (reading.cpu == info.hart)
            reading.hart_controller = node.phandle;
    } else if (is_compatible(node, "riscv,plic0") || is_compatible(node, "sifive,plic-1.0.0")) {
        info.plic.registers = TRY(reg_range(node.reg));
        reading.plic_contexts = node.interrupts_extended;
    } else if (is_compatible(node, "sifive,test0")) {
        info.test_device = TRY(reg_range(node.reg)).start;
    } else if (is_compatible(node, "ns16550a")) {
        info.uart = TRY(device(node));
    } else if (is_compatible(node, "virtio,mmio")) {
        TRY(note_virtio(info, node));
    }
    return {};
}

// The PLIC's contexts are numbered in the order in which `interrupts-extended` lists them: a hart's
// controller, and the interrupt it raises there (9: external, for S-mode).
Result<void> find_plic_context(Reading& reading) {
    constexpr std::uint32_t SUPERVISOR_EXTERNAL = 9;
    const Bytes contexts = reading.plic_contexts;
    for (std::uint32_t i = 0; i < contexts.size() / 8; ++i)
        if (TRY(load_big<std::uint32_t>(contexts, 8ULL * i)) == reading.hart_controller &&
            TRY(load_big<std::uint32_t>(contexts, 8ULL * i + 4)) == SUPERVISOR_EXTERNAL) {
            reading.info.plic.context = i;
            return {};
        }
    reading.info.plic = {}; // it does not serve this hart
    return {};
}

Result<void> read_structure(Reading& reading, Bytes structure, Bytes strings) {
    for (std::uint64_t at = 0;;) {
        const auto token = TRY(load_big<std::uint32_t>(structure, at));
        at += 4;
        if (token == BEGIN_NODE) { // properties come before child nodes, so the parent's are done
            TRY(end_properties(reading));
            reading.node.name = TRY(string_at(structure, at));
            at += (reading.node.name.size() + 4) & ~3ULL; // the terminator, padded to a cell
        } else if (token == PROPERTY) {
            const auto size = TRY(load_big<std::uint32_t>(structure, at));
            const auto name = TRY(load_big<std::uint32_t>(structure, at + 4));
            const Bytes value = TRY(slice(structure, at + 8, size));
            TRY(note(reading, {TRY(string_at(strings, name)), value}));
            at += 8 + ((size + 3ULL) & ~3ULL);
        } else if (token == END_NODE) {
            TRY(end_properties(reading));
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

Result<BootInfo> read_device_tree(Bytes tree, std::uint64_t hart) {
    const Bytes whole = TRY(slice(tree, 0, TRY(device_tree_size(tree))));
    const Bytes structure = TRY(slice(whole, TRY(load_big<std::uint32_t>(whole, 8)),
                                      TRY(load_big<std::uint32_t>(whole, 36))));
    const Bytes strings = TRY(slice(whole, TRY(load_big<std::uint32_t>(whole, 12)),
                                    TRY(load_big<std::uint32_t>(whole, 32))));
    Reading reading;
    reading.info.hart = hart;
    TRY(read_structure(reading, structure, strings));
    TRY(find_plic_context(reading));
    const BootInfo& info = reading.info;
    if (info.memory.size() == 0 || info.initial_ram_disk.end < info.initial_ram_disk.start)
        return std::unexpected(Error::not_found);
    return info;
}
