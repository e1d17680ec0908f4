// Giving an object its addresses: real linking, relocation by relocation.
// SPDX-License-Identifier: MIT
//
// Pure code, also compiled for the host, where its result is compared with GNU ld's. Before:
// object.hpp. Next: ../domain.cpp makes the patched sections executable.
#pragma once

#include "kernels/spin/link/object.hpp"

#include <span>

namespace link {

// "strand_self" of "strand_self.0123456789abcdef": names of the interface end in a dot and a hash
// of what they mean (tools/spin-cc/interface.hpp). Others are whole.
constexpr std::string_view without_hash(std::string_view name) {
    return name.substr(0, name.rfind('.'));
}

// A name that a domain offers to others. The kernel's own are laid out by ../exports.S.
struct Export {
    const char* text;
    std::uint64_t length;
    std::uint64_t address_raw;

    std::string_view name() const { return {text, length}; }
    VirtAddr address() const { return VirtAddr(address_raw); }
};
static_assert(sizeof(Export) == 24);

// Where the parts of an object stand: one after the other, each on a page of its own.
class Layout {
public:
    Layout() = default;
    // no_memory: they do not fit into BYTES bytes from BASE on.
    static Result<Layout> of(const Object& object, VirtAddr base, std::uint64_t bytes);

    VirtAddr start(Part part) const { return starts_[index_of(part)]; }
    VirtAddr end() const { return end_; }
    VirtAddr address_of(Part part, std::uint64_t offset) const { return start(part) + offset; }

private:
    std::array<VirtAddr, PARTS.size()> starts_{};
    VirtAddr end_;
};

// The names that one domain offers to others: a module's table, or the symbols of an object that
// its source declared for others. Refers to what it was made of.
class Offer {
public:
    constexpr Offer() = default; // nothing
    constexpr explicit Offer(std::span<const Export> exports) : exports_(exports) {}
    Offer(const Object& object, const Layout& layout) : object_(&object), layout_(&layout) {}

    std::optional<VirtAddr> find(std::string_view name) const;
    // Whether it has the name that is NAME without the hash behind its last dot.
    bool has_other(std::string_view name) const;
    // Whether it offers what OBJECT declares.
    bool is_of(const Object& object) const { return object_ == &object; }

private:
    std::span<const Export> exports_;
    const Object* object_ = nullptr;
    const Layout* layout_ = nullptr;
};

// A bit for each of at most 32 offers, from the lowest on.
using UsedOffers = std::uint32_t;

// The parts' contents, as large as Section::bytes says.
using Memory = std::array<std::span<std::byte>, PARTS.size()>;

// Patches MEMORY, which holds OBJECT's contents at LAYOUT, so that it can run there. An import is
// whatever one of OFFERS has under its name, the first one that has it, and nothing else. On an
// error MEMORY is patched in part and of no use. not_found: an import that nobody exports;
// not_permitted: a relocation of a kind that is not linked; invalid: an address out of an
// instruction's reach; malformed.
// USED: those of OFFERS that had one.
Result<void> relocate(const Object& object, const Layout& layout, const Memory& memory,
                      std::span<const Offer> offers, UsedOffers& used, Complaint& complaint);

} // namespace link
