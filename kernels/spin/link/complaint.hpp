// Why an object was refused, for people: the Error says which kind, this says what and where.
// SPDX-License-Identifier: MIT
#pragma once

#include "lib/print.hpp"
#include "lib/result.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace link {

struct Complaint {
    std::string_view what = {};
    std::string_view name = {}; // of the section or symbol that it is about; points into the object
    std::uint64_t number = 0;   // a relocation's type, or a symbol's index
    std::optional<std::uint64_t> offset = {}; // in the section
};

// Records a complaint and is the error to return: return refuse(complaint, Error::malformed, ...).
inline std::unexpected<Error> refuse(Complaint& complaint, Error error, std::string_view what,
                                     std::string_view name = {}, std::uint64_t number = 0) {
    complaint = {.what = what, .name = name, .number = number};
    return std::unexpected(error);
}

// The same for what stands at OFFSET of section or symbol NAME.
inline std::unexpected<Error> refuse_at(Complaint& complaint, Error error, std::string_view what,
                                        std::string_view name, std::uint64_t offset) {
    complaint = {.what = what, .name = name, .offset = offset};
    return std::unexpected(error);
}

template <Sink S>
void report(S& sink, std::string_view object, const Complaint& complaint) {
    print(sink, object, ": ", complaint.what);
    if (!complaint.name.empty())
        print(sink, ": ", complaint.name);
    if (complaint.number != 0)
        print(sink, " (", complaint.number, ")");
    if (complaint.offset)
        print(sink, " at ", hex(*complaint.offset));
    print(sink, "\n");
}

} // namespace link
