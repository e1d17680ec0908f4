// The order of the check, and what is patched in data.
// SPDX-License-Identifier: MIT
#include "kernels/spin/link/check.hpp"

#include "kernels/spin/link/relocation_type.hpp"

#include <algorithm>

namespace link {
namespace {

constexpr std::string_view TEXT = ".text";

// Relocations of data, in order: a doubleword gets an address, or a word the difference of two (the
// tables that a `switch` jumps by), which are a sum and a subtraction at one place.
class Data {
public:
    Data(const Subject& subject, Part part) : subject_(subject), part_(part) {}

    Result<void> check() {
        const std::uint64_t count = subject_.object.relocation_count(part_);
        for (std::uint64_t i = 0; i < count; ++i) {
            const Relocation relocation = TRY(subject_.object.relocation(part_, i));
            if (relocation.offset < end_)
                return refuse(relocation, "a place that is patched twice, or not in order");
            if (relocation.type == R_RISCV_64) {
                TRY(take(relocation, sizeof(std::uint64_t)));
                TRY(check_aim(subject_, relocation, Aim::address));
                continue;
            }
            const std::uint64_t bytes = bytes_of_sum(relocation.type);
            if (bytes == 0)
                return refuse_type(relocation);
            TRY(take(relocation, bytes));
            if (++i == count)
                return refuse(relocation, HALF);
            TRY(check_difference(relocation, TRY(subject_.object.relocation(part_, i)), bytes));
        }
        return {};
    }

private:
    static constexpr std::string_view HALF = "a sum without its difference";

    static std::uint64_t bytes_of_sum(std::uint32_t type) {
        switch (type) {
        case R_RISCV_ADD8:
        case R_RISCV_ADD16:
        case R_RISCV_ADD32:
        case R_RISCV_ADD64:
            return std::uint64_t{1} << (type - R_RISCV_ADD8);
        default:
            return 0;
        }
    }

    // The BYTES bytes from its place on are its own.
    Result<void> take(const Relocation& relocation, std::uint64_t bytes) {
        if (!fits(subject_.memory[index_of(part_)], relocation.offset, bytes))
            return refuse(relocation, "a relocation outside its section");
        end_ = relocation.offset + bytes;
        return {};
    }

    // Both of its own places, and nothing else goes into it.
    Result<void> check_difference(const Relocation& sum, const Relocation& other,
                                  std::uint64_t bytes) {
        constexpr std::uint32_t TO_SUBTRACTION = R_RISCV_SUB8 - R_RISCV_ADD8;
        if (other.type != sum.type + TO_SUBTRACTION || other.offset != sum.offset)
            return refuse(sum, HALF);
        const Bytes place = subject_.memory[index_of(part_)].subspan(sum.offset, bytes);
        if (!std::ranges::all_of(place, [](std::byte byte) { return byte == std::byte(); }))
            return refuse(sum, "a difference that is more than two places");
        TRY(check_aim(subject_, sum, Aim::place));
        return check_aim(subject_, other, Aim::place);
    }

    Result<void> refuse_type(const Relocation& relocation) const {
        return link::refuse(subject_.complaint, Error::not_permitted,
                            "a relocation of a type not linked", subject_.name_of(relocation),
                            relocation.type);
    }
    Result<void> refuse(const Relocation& relocation, std::string_view what) const {
        return refuse_at(subject_.complaint, Error::malformed, what, subject_.name_of(relocation),
                         relocation.offset);
    }

    const Subject& subject_;
    Part part_;
    std::uint64_t end_ = 0; // of what was patched so far
};

} // namespace

std::string_view Subject::name_of(const Relocation& relocation) const {
    Complaint nobody_hears;
    const Result<Symbol> symbol = object.symbol(relocation.symbol, nobody_hears);
    return symbol ? object.name_of(*symbol) : std::string_view();
}

std::uint64_t room_to_check(const Object& object) {
    return Marks::words_for(object.section(Part::text).bytes);
}

Result<void> check(const Object& object, const Memory& memory, std::span<const Export> reserved,
                   std::span<std::uint64_t> room, Complaint& complaint) {
    Marks marks(object.section(Part::text).bytes, room);
    const Subject subject{object, memory, marks, complaint};
    TRY(check_names(subject, reserved));
    TRY(check_text(subject));
    for (const Part part : {Part::rodata, Part::data})
        TRY(Data(subject, part).check());
    if (const std::optional<std::uint64_t> wrong = marks.wrong_target())
        return refuse_at(complaint, Error::malformed, "something leads between two instructions",
                         TEXT, *wrong);
    return {};
}

} // namespace link
