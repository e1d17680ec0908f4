// Strings as what a program reads into and writes from, and pages that are not there.
// SPDX-License-Identifier: MIT
#pragma once

#include "services/io/transfer.hpp"

#include <string>
#include <string_view>

inline Bytes bytes_of(std::string_view text) { return std::as_bytes(std::span(text)); }

// Takes bytes until LIMIT of them came; then it fails as a page would that is not there.
struct TextDestination {
    std::string text{};
    std::size_t limit = ~std::size_t{0};
    Error why = Error::not_mapped;
    Result<void> put(Bytes bytes) {
        if (text.size() + bytes.size() > limit)
            return std::unexpected(why);
        for (const std::byte byte : bytes)
            text.push_back(static_cast<char>(byte));
        return {};
    }
};

struct TextSource {
    std::string_view text;
    std::size_t limit = ~std::size_t{0};
    Error why = Error::not_mapped;
    std::size_t done = 0;
    Result<void> get(std::span<std::byte> bytes) {
        if (done + bytes.size() > limit)
            return std::unexpected(why);
        for (std::byte& byte : bytes)
            byte = static_cast<std::byte>(text.at(done++));
        return {};
    }
};
static_assert(io::Destination<TextDestination> && io::Source<TextSource>);
