// The relocations of the RISC-V ELF psABI (section 8.5) that compiled code without relaxation has.
// SPDX-License-Identifier: MIT
#include "kernels/spin/link/relocate.hpp"

#include "kernels/spin/link/encoding.hpp"
#include "kernels/spin/link/relocation_type.hpp"

#include <algorithm>

namespace link {
namespace {

// Sums wrap around, as addresses do.
std::uint64_t sum(VirtAddr address, std::int64_t addend) {
    return address.raw() + static_cast<std::uint64_t>(addend);
}

class Linker {
public:
    Linker(const Object& object, const Layout& layout, std::span<const Offer> offers,
           UsedOffers& used, Complaint& complaint)
        : object_(object), layout_(layout), offers_(offers), used_(used), complaint_(complaint) {}

    Result<void> patch_all(Part part, std::span<std::byte> bytes) {
        for (index_ = 0; index_ < object_.relocation_count(part); ++index_)
            TRY(patch(part, bytes, TRY(object_.relocation(part, index_))));
        return {};
    }

private:
    // psABI: S, the symbol's value. An import without a name is nobody's.
    Result<VirtAddr> value_of(const Symbol& symbol) {
        if (symbol.is_absolute)
            return VirtAddr(symbol.value);
        if (symbol.part)
            return layout_.address_of(*symbol.part, symbol.value);
        const std::string_view name = object_.name_of(symbol);
        for (std::size_t i = 0; i < offers_.size(); ++i)
            if (const std::optional<VirtAddr> found = offers_[i].find(name)) {
                used_ |= UsedOffers{1} << i;
                return *found;
            }
        const bool has_other =
            std::ranges::any_of(offers_, [&](const Offer& offer) { return offer.has_other(name); });
        return refuse(complaint_, Error::not_found,
                      has_other ? "imports a name that means something else here: it was compiled "
                                  "against another interface"
                                : "imports a name that nobody exports",
                      name);
    }

    // The same for symbol INDEX. An import is named many times, and looking for it is long.
    Result<VirtAddr> value_of(std::uint32_t index) {
        Import& known = imports_[index % imports_.size()];
        if (known.symbol == index && index != 0)
            return known.address;
        const Symbol symbol = TRY(object_.symbol(index, complaint_));
        const VirtAddr value = TRY(value_of(symbol));
        if (symbol.is_import())
            known = {index, value};
        return value;
    }

    // psABI: S + A - P for the relocation at OFFSET of PART.
    Result<std::int64_t> distance(Part part, const Relocation& relocation) {
        const std::uint64_t target = sum(TRY(value_of(relocation.symbol)), relocation.addend);
        const VirtAddr place = layout_.address_of(part, relocation.offset);
        return static_cast<std::int64_t>(target - place.raw());
    }

    // The low half of an address is patched into another instruction than its high half, and is
    // relative to that one: the relocation's symbol is the label of the auipc, and the address is
    // what the auipc's own relocation says. Compilers put that one a little before: the search goes
    // backwards from the low half to the first relocation, then on behind the low half.
    Result<std::int64_t> distance_of_auipc(Part part, const Relocation& low) {
        const Symbol label = TRY(object_.symbol(low.symbol, complaint_));
        for (std::uint64_t i = 0; label.part == part && i < object_.relocation_count(part); ++i) {
            const Relocation high = TRY(object_.relocation(part, i <= index_ ? index_ - i : i));
            if (high.type == R_RISCV_PCREL_HI20 && high.offset == label.value && low.addend == 0)
                return distance(part, high);
        }
        return refuse(complaint_, Error::malformed, "a low half without its auipc",
                      object_.name_of(label), low.offset);
    }

    // Replaces the T at the relocation's place by CHANGE of it.
    template <class T, class Change>
    Result<void> rewrite(std::span<std::byte> bytes, std::uint64_t offset, Change change) {
        const Result<T> old = load<T>(bytes, offset);
        if (!old)
            return refuse(complaint_, Error::malformed, "a relocation outside its section", {},
                          offset);
        return store(bytes, offset, static_cast<T>(change(*old)));
    }

    template <class T>
    Result<void> add(std::span<std::byte> bytes, const Relocation& relocation) {
        const std::uint64_t value = TRY(operand(relocation));
        return rewrite<T>(bytes, relocation.offset, [&](T old) { return old + value; });
    }
    template <class T>
    Result<void> subtract(std::span<std::byte> bytes, const Relocation& relocation) {
        const std::uint64_t value = TRY(operand(relocation));
        return rewrite<T>(bytes, relocation.offset, [&](T old) { return old - value; });
    }
    // psABI: S + A.
    Result<std::uint64_t> operand(const Relocation& relocation) {
        return sum(TRY(value_of(relocation.symbol)), relocation.addend);
    }

    // Puts DISTANCE into the instruction T, which reaches as far as BITS signed bits go.
    template <class T>
    Result<void> branch(std::span<std::byte> bytes, Part part, const Relocation& relocation,
                        unsigned bits, T (*encode)(T, std::int64_t)) {
        const std::int64_t value = TRY(distance(part, relocation));
        if (!encoding::fits_signed(value, bits) || value % 2 != 0)
            return out_of_reach(relocation);
        return rewrite<T>(bytes, relocation.offset, [&](T old) { return encode(old, value); });
    }

    // auipc and jalr, side by side.
    Result<void> call(std::span<std::byte> bytes, Part part, const Relocation& relocation) {
        const std::int64_t value = TRY(distance(part, relocation));
        TRY(high(bytes, relocation, value));
        return rewrite<std::uint32_t>(bytes, relocation.offset + 4, [&](std::uint32_t old) {
            return encoding::with_i_type(old, value);
        });
    }

    Result<void> high(std::span<std::byte> bytes, const Relocation& relocation,
                      std::int64_t value) {
        if (!encoding::fits_in_pair(value))
            return out_of_reach(relocation);
        return rewrite<std::uint32_t>(bytes, relocation.offset, [&](std::uint32_t old) {
            return encoding::with_u_type(old, value);
        });
    }

    Result<void> low(std::span<std::byte> bytes, Part part, const Relocation& relocation,
                     std::uint32_t (*encode)(std::uint32_t, std::int64_t)) {
        const std::int64_t value = TRY(distance_of_auipc(part, relocation));
        return rewrite<std::uint32_t>(bytes, relocation.offset,
                                      [&](std::uint32_t old) { return encode(old, value); });
    }

    Result<void> patch(Part part, std::span<std::byte> bytes, const Relocation& relocation) {
        switch (relocation.type) {
        case R_RISCV_64: {
            const std::uint64_t value = TRY(operand(relocation));
            return rewrite<std::uint64_t>(bytes, relocation.offset, [&](auto) { return value; });
        }
        case R_RISCV_BRANCH:
            return branch(bytes, part, relocation, 13, encoding::with_b_type);
        case R_RISCV_JAL:
            return branch(bytes, part, relocation, 21, encoding::with_j_type);
        case R_RISCV_RVC_BRANCH:
            return branch(bytes, part, relocation, 9, encoding::with_cb_type);
        case R_RISCV_RVC_JUMP:
            return branch(bytes, part, relocation, 12, encoding::with_cj_type);
        case R_RISCV_CALL:
        case R_RISCV_CALL_PLT:
            return call(bytes, part, relocation);
        case R_RISCV_PCREL_HI20:
            return high(bytes, relocation, TRY(distance(part, relocation)));
        case R_RISCV_PCREL_LO12_I:
            return low(bytes, part, relocation, encoding::with_i_type);
        case R_RISCV_PCREL_LO12_S:
            return low(bytes, part, relocation, encoding::with_s_type);
        case R_RISCV_ADD8:
            return add<std::uint8_t>(bytes, relocation);
        case R_RISCV_ADD16:
            return add<std::uint16_t>(bytes, relocation);
        case R_RISCV_ADD32:
            return add<std::uint32_t>(bytes, relocation);
        case R_RISCV_ADD64:
            return add<std::uint64_t>(bytes, relocation);
        case R_RISCV_SUB8:
            return subtract<std::uint8_t>(bytes, relocation);
        case R_RISCV_SUB16:
            return subtract<std::uint16_t>(bytes, relocation);
        case R_RISCV_SUB32:
            return subtract<std::uint32_t>(bytes, relocation);
        case R_RISCV_SUB64:
            return subtract<std::uint64_t>(bytes, relocation);
        default:
            return refuse(complaint_, Error::not_permitted, "a relocation of a type not linked",
                          name_of(relocation), relocation.type);
        }
    }

    std::unexpected<Error> out_of_reach(const Relocation& relocation) {
        return refuse(complaint_, Error::invalid, "an address out of the instruction's reach",
                      name_of(relocation), relocation.type);
    }

    std::string_view name_of(const Relocation& relocation) {
        const Result<Symbol> symbol = object_.symbol(relocation.symbol, complaint_);
        return symbol ? object_.name_of(*symbol) : std::string_view();
    }

    struct Import {
        std::uint32_t symbol; // 0: none
        VirtAddr address;
    };

    const Object& object_;
    const Layout& layout_;
    std::span<const Offer> offers_;
    UsedOffers& used_;
    Complaint& complaint_;
    std::array<Import, 64> imports_{}; // some that were found
    std::uint64_t index_ = 0;          // of the relocation being patched, among its part's
};

} // namespace

std::optional<VirtAddr> Offer::find(std::string_view name) const {
    if (name.empty())
        return std::nullopt;
    for (const Export& offered : exports_)
        if (offered.name() == name)
            return offered.address();
    if (object_ == nullptr)
        return std::nullopt;
    for (std::uint64_t i = object_->first_global(); i < object_->symbol_count(); ++i) {
        Complaint nobody_hears;
        const Result<Symbol> symbol = object_->symbol(i, nobody_hears);
        if (symbol && symbol->is_offered && symbol->part && object_->name_of(*symbol) == name)
            return layout_->address_of(*symbol->part, symbol->value);
    }
    return std::nullopt;
}

bool Offer::has_other(std::string_view name) const {
    const std::string_view base = without_hash(name);
    const auto is_other = [&](std::string_view offered) {
        return base != name && without_hash(offered) == base;
    };
    for (const Export& offered : exports_)
        if (is_other(offered.name()))
            return true;
    for (std::uint64_t i = 0; object_ != nullptr && i < object_->symbol_count(); ++i) {
        Complaint nobody_hears;
        const Result<Symbol> symbol = object_->symbol(i, nobody_hears);
        if (symbol && symbol->is_offered && is_other(object_->name_of(*symbol)))
            return true;
    }
    return false;
}

Result<Layout> Layout::of(const Object& object, VirtAddr base, std::uint64_t bytes) {
    Layout layout;
    std::uint64_t at = 0;
    for (const Part part : PARTS) {
        const std::uint64_t size = object.section(part).bytes;
        layout.starts_[index_of(part)] = base + at;
        if (size > bytes - at)
            return std::unexpected(Error::no_memory);
        at += pages_to_hold(size) * PAGE_SIZE;
        if (at > bytes)
            return std::unexpected(Error::no_memory);
    }
    layout.end_ = base + at;
    return layout;
}

Result<void> relocate(const Object& object, const Layout& layout, const Memory& memory,
                      std::span<const Offer> offers, UsedOffers& used, Complaint& complaint) {
    Linker linker(object, layout, offers, used, complaint);
    for (const Part part : PARTS)
        TRY(linker.patch_all(part, memory[index_of(part)]));
    return {};
}

} // namespace link
