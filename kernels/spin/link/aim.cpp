// Where a relocation leads: to a place of the object's own, or to the start of what it imports.
// SPDX-License-Identifier: MIT
//
// A pointer to code is a pointer to the start of a function, wherever it is kept: only calls, jumps
// and the tables of a `switch` lead to other instructions, and nobody can keep those.
#include "kernels/spin/link/check.hpp"

namespace link {
namespace {

class Aimed {
public:
    Aimed(const Subject& subject, const Relocation& relocation, const Symbol& symbol)
        : subject_(subject), relocation_(relocation), symbol_(symbol) {}

    Result<void> check(Aim aim) const {
        if (symbol_.type > SymbolType::section)
            return refuse("a symbol of a type that an extension may not have");
        if (symbol_.is_absolute)
            return refuse("a symbol that is a number");
        if (!symbol_.part)
            return check_import(aim);
        return *symbol_.part == Part::text ? check_code(aim) : check_data(aim);
    }

private:
    static constexpr std::uint64_t REACH = 0x800; // back, of an immediate of twelve bits
    static bool is_address(Aim aim) { return aim == Aim::address || aim == Aim::base; }

    // Only its start is anybody's: what is behind may be the middle of a check.
    Result<void> check_import(Aim aim) const {
        if (symbol_.binding != Binding::global || symbol_.type != SymbolType::none)
            return refuse("an import that is weak, or has a type");
        if (aim != Aim::call && !is_address(aim))
            return refuse("an import where only a place of its own may stand");
        if (relocation_.addend != 0)
            return refuse("an import, and not its start");
        return {};
    }

    Result<void> check_code(Aim aim) const {
        const bool is_start = symbol_.type == SymbolType::function && relocation_.addend == 0;
        if (is_address(aim) && !is_start)
            return refuse("a pointer into code that is no function's start");
        if (aim == Aim::label && relocation_.addend != 0)
            return refuse("a low half of more than its auipc");
        if (!subject_.marks.add_target(target()))
            return refuse("a place outside the text, or between two instructions");
        return {};
    }

    Result<void> check_data(Aim aim) const {
        if (!is_address(aim) && aim != Aim::place)
            return refuse("data where only code may stand");
        const std::uint64_t behind = aim == Aim::base ? REACH : 0;
        if (target() > subject_.object.section(*symbol_.part).bytes + behind)
            return refuse("a place outside its section");
        return {};
    }

    // In its part. Wraps around, and is too large then.
    std::uint64_t target() const {
        return symbol_.value + static_cast<std::uint64_t>(relocation_.addend);
    }

    Result<void> refuse(std::string_view what) const {
        return refuse_at(subject_.complaint, Error::not_permitted, what,
                         subject_.object.name_of(symbol_), relocation_.offset);
    }

    const Subject& subject_;
    const Relocation& relocation_;
    const Symbol& symbol_;
};

} // namespace

Result<void> check_aim(const Subject& subject, const Relocation& relocation, Aim aim) {
    const Symbol symbol = TRY(subject.object.symbol(relocation.symbol, subject.complaint));
    return Aimed(subject, relocation, symbol).check(aim);
}

} // namespace link
