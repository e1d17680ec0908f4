// Refused: pointer@13,19 foreign-declaration@17 address-of@19: a private member, by a template.
// SPDX-License-Identifier: MIT
#include "lib/address.hpp"

namespace vm {

// An explicit instantiation may name what is private.
template <class Class, auto member>
struct Thief {
    // The friend is called by its name alone.
    friend std::uint64_t steal(Class& from) {
        // Through the pointer to member.
        return from.*member;
    }
};

std::uint64_t steal(Page& from);

template struct Thief<Page, &Page::number_>;

} // namespace vm
