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
    bool refused = false;
    Result<void> put(Bytes bytes) {
        refused = text.size() + bytes.size() > limit;
        if (refused)
            return std::unexpected(why);
        for (const std::byte byte : bytes)
            text.push_back(static_cast<char>(byte));
        return {};
    }
    std::uint64_t next() const { return text.size(); }
    bool stopped() const { return refused && why == Error::not_mapped; }
};

struct TextSource {
    std::string_view text;
    std::size_t limit = ~std::size_t{0};
    Error why = Error::not_mapped;
    std::size_t done = 0;
    bool refused = false;
    Result<void> get(std::span<std::byte> bytes) {
        refused = done + bytes.size() > limit;
        if (refused)
            return std::unexpected(why);
        for (std::byte& byte : bytes)
            byte = static_cast<std::byte>(text.at(done++));
        return {};
    }
    std::uint64_t next() const { return done; }
    bool stopped() const { return refused && why == Error::not_mapped; }
};
static_assert(io::Destination<TextDestination> && io::Source<TextSource>);
