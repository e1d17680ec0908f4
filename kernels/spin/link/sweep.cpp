// The text, instruction by instruction: each is one that an extension may have, and leads to one.
// SPDX-License-Identifier: MIT
//
// Everything in a text is code (compilers put constants and the tables of a `switch` into .rodata),
// so a linear sweep from its start sees what the hart may execute. Relocations come along in the
// order of their places, as the assembler writes them. It costs some 40 instructions for each, at
// each boot: the loop does what all need, `look_closer` the rest.
#include "kernels/spin/link/check.hpp"

#include "kernels/spin/link/encoding.hpp"
#include "kernels/spin/link/instruction.hpp"
#include "kernels/spin/link/relocation_type.hpp"

#include <array>

namespace link {
namespace {

constexpr std::string_view TEXT = ".text";
constexpr std::uint64_t SHORT = 2; // bytes of a compressed instruction
constexpr std::uint64_t LONG = 4;
constexpr std::uint64_t NEVER = ~std::uint64_t{0};

using Kinds = std::uint32_t; // a bit for each Kind
constexpr Kinds just(Kind kind) { return Kinds{1} << static_cast<unsigned>(kind); }

// What a relocation may patch, and with what.
struct Rule {
    Kinds kinds = 0;
    Aim aim = Aim::none;
};

constexpr auto RULES = [] {
    std::array<Rule, R_RISCV_RVC_JUMP + 1> rules{};
    rules[R_RISCV_BRANCH] = {just(Kind::branch), Aim::instruction};
    rules[R_RISCV_JAL] = {just(Kind::jump), Aim::instruction};
    rules[R_RISCV_RVC_BRANCH] = {just(Kind::short_branch), Aim::instruction};
    rules[R_RISCV_RVC_JUMP] = {just(Kind::short_jump), Aim::instruction};
    rules[R_RISCV_CALL] = {just(Kind::far), Aim::call};
    rules[R_RISCV_CALL_PLT] = {just(Kind::far), Aim::call};
    rules[R_RISCV_PCREL_HI20] = {just(Kind::far), Aim::base};
    rules[R_RISCV_PCREL_LO12_I] = {just(Kind::load) | just(Kind::add_immediate), Aim::label};
    rules[R_RISCV_PCREL_LO12_S] = {just(Kind::store), Aim::label};
    return rules;
}();

constexpr std::uint32_t destination(std::uint32_t word) { return word >> 7 & 31; }
constexpr std::uint32_t source(std::uint32_t word) { return word >> 15 & 31; }

class Sweep {
public:
    explicit Sweep(const Subject& subject)
        : subject_(subject), text_(subject.memory[index_of(Part::text)]) {}

    Result<void> run() {
        TRY(next_relocation());
        const std::span<const std::byte> text = text_; // whatever the loop needs stays in registers
        if (text.size() % SHORT != 0)
            return refuse(CUT_OFF);
        const std::span<std::uint64_t> starts = subject_.marks.starts();
        std::uint64_t next = relocation_.offset;
        for (std::uint64_t at = 0; at < text.size();) {
            std::uint32_t word = halfword(text, at);
            std::uint64_t length = SHORT;
            if (is_long(word)) {
                if (text.size() - at < LONG) {
                    at_ = at;
                    return refuse(CUT_OFF);
                }
                word |= halfword(text, at + SHORT) << 16;
                length = LONG;
            }
            const Kind kind = kind_of(word);
            Marks::add(starts, at);
            if (leads_somewhere(kind) || next <= at) {
                at_ = at;
                length = TRY(look_closer(kind, word, length));
                next = relocation_.offset;
            }
            at += length;
        }
        if (relocation_.offset != NEVER) // in the last instruction
            return refuse_relocation(NOT_AT_ONE);
        return {};
    }

private:
    static constexpr std::string_view CUT_OFF = "an instruction that is cut off";
    static constexpr std::string_view NOT_AT_ONE =
        "a relocation that is not at an instruction of its own";

    // Both callers have looked that it is there; texts are aligned to their instructions.
    static std::uint32_t halfword(std::span<const std::byte> text, std::uint64_t at) {
        std::uint16_t value;
        __builtin_memcpy(&value, __builtin_assume_aligned(text.data() + at, SHORT), sizeof value);
        return value;
    }

    // How long the instruction is; with the one that belongs to it.
    Result<std::uint64_t> look_closer(Kind kind, std::uint32_t word, std::uint64_t length) {
        if (kind == Kind::refused)
            return refuse("an instruction that an extension may not have");
        if (relocation_.offset < at_)
            return refuse_relocation(NOT_AT_ONE);
        if (relocation_.offset == at_)
            return look_at_relocation(kind, word, length);
        if (kind == Kind::far)
            return refuse("an address that no relocation made");
        if (!subject_.marks.add_target(at_ + static_cast<std::uint64_t>(distance(kind, word))))
            return refuse("a jump out of the text");
        return length;
    }

    static std::int64_t distance(Kind kind, std::uint32_t word) {
        switch (kind) {
        case Kind::branch:
            return encoding::b_type_value(word);
        case Kind::jump:
            return encoding::j_type_value(word);
        case Kind::short_branch:
            return encoding::cb_type_value(word);
        default:
            return encoding::cj_type_value(word);
        }
    }

    Result<std::uint64_t> look_at_relocation(Kind kind, std::uint32_t word, std::uint64_t length) {
        const std::uint32_t type = relocation_.type;
        const Rule rule = type < RULES.size() ? RULES[type] : Rule();
        if (rule.aim == Aim::none)
            return link::refuse(subject_.complaint, Error::not_permitted,
                                "a relocation of a type not linked", subject_.name_of(relocation_),
                                type);
        if ((rule.kinds & just(kind)) == 0 || (rule.aim == Aim::call && !is_call(word)))
            return refuse_relocation("a relocation that does not fit its instruction");
        TRY(check_aim(subject_, relocation_, rule.aim));
        TRY(next_relocation());
        return rule.aim == Aim::call ? LONG + LONG : length;
    }

    // The auipc WORD, and behind it a jalr by the same register. Nobody jumps between the two.
    bool is_call(std::uint32_t word) const {
        if (text_.size() - at_ < LONG + LONG)
            return false;
        const std::uint32_t second =
            halfword(text_, at_ + LONG) | halfword(text_, at_ + LONG + SHORT) << 16;
        return kind_of(second) == Kind::jump_to_register && source(second) == destination(word) &&
               destination(word) != 0;
    }

    Result<void> next_relocation() {
        if (index_ == subject_.object.relocation_count(Part::text)) {
            relocation_.offset = NEVER;
            return {};
        }
        relocation_ = TRY(subject_.object.relocation(Part::text, index_++));
        if (relocation_.offset >= text_.size())
            return refuse_relocation("a relocation outside its section");
        return {};
    }

    std::unexpected<Error> refuse(std::string_view what) const {
        return refuse_at(subject_.complaint, Error::not_permitted, what, TEXT, at_);
    }
    std::unexpected<Error> refuse_relocation(std::string_view what) const {
        return refuse_at(subject_.complaint, Error::malformed, what, subject_.name_of(relocation_),
                         relocation_.offset);
    }

    const Subject& subject_;
    std::span<const std::byte> text_;
    std::uint64_t at_ = 0;
    Relocation relocation_{}; // the next one
    std::uint64_t index_ = 0; // of the one behind it
};

} // namespace

Result<void> check_text(const Subject& subject) { return Sweep(subject).run(); }

} // namespace link
