// xxd: bytes as numbers, sixteen a row, beside what of them can be read.
// SPDX-License-Identifier: MIT
#include "tool.hpp"

namespace tools {

namespace {

constexpr std::size_t ROW = 16;

void put_hex(os::Writer& out, std::uint64_t value, unsigned digits) {
    while (digits-- != 0)
        out.put(std::string_view("0123456789abcdef").substr(value >> (4 * digits) & 15, 1));
}

// 00000010: 6865 6c6c 6f0a                           hello.
void put_row(os::Writer& out, std::uint64_t offset, std::string_view row) {
    put_hex(out, offset, 8);
    out.put(": ");
    for (std::size_t i = 0; i < ROW; ++i) {
        if (i < row.size())
            put_hex(out, static_cast<unsigned char>(row[i]), 2);
        else
            out.put("  ");
        out.put(i % 2 == 1 ? " " : "");
    }
    out.put(" ");
    for (const char byte : row) {
        const bool readable = byte >= ' ' && byte <= '~';
        out.put(readable ? std::string_view(&byte, 1) : ".");
    }
    out.put("\n");
}

} // namespace

int xxd(os::Arguments arguments) {
    os::Writer out(os::OUTPUT);
    std::uint64_t offset = 0;
    const int status = for_each_input(
        arguments, arguments.from(1), [&](std::int64_t descriptor, std::string_view name) {
            std::array<char, ROW> row{};
            std::size_t filled = 0;
            std::int64_t got = 0;
            while ((got = os::read(descriptor, std::span(row).subspan(filled))) > 0) {
                filled += static_cast<std::size_t>(got);
                if (filled < ROW)
                    continue;
                put_row(out, offset, {row.data(), filled});
                offset += filled;
                filled = 0;
            }
            if (filled != 0)
                put_row(out, offset, {row.data(), filled});
            offset += filled;
            return got < 0 ? complain(arguments, name, got) : DONE;
        });
    return std::max(status, finish(arguments, out));
}

} // namespace tools
