// A table of counters as lines of text, with padded columns, and one write.
// SPDX-License-Identifier: MIT
//
// Does: Text and append, numbers in digits by hand, an error where the room is too small.
#include "kernels/spin/interface/extension.hpp"

#include "lib/text.hpp"

#include <array>

namespace {

struct Row {
    std::string_view name;
    std::uint64_t count = 0;
};

Result<void> append_number(Text<512>& text, std::uint64_t number, std::size_t width) {
    std::array<char, 20> digits{};
    std::size_t first = digits.size();
    do {
        digits[--first] = static_cast<char>('0' + number % 10);
        number /= 10;
    } while (number != 0 && first != 0);
    for (std::size_t i = digits.size() - first; i < width; ++i)
        TRY(text.append(std::string_view(" ")));
    return text.append(std::string_view(digits).substr(first));
}

Result<void> report(std::span<const Row> rows) {
    Text<512> text{};
    for (const Row& row : rows) {
        TRY(text.append(row.name));
        TRY(append_number(text, row.count, 12));
        TRY(text.append(std::string_view("\n")));
    }
    console_write(text.view());
    return {};
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    const std::array<Row, 2> rows{Row{std::string_view("frames"), TRY(phys_addr_limit(quota))},
                                  Row{std::string_view("switches"), 3}};
    return report(rows);
}
