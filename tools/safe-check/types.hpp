// What a type holds: pointers, arrays, views of other objects.
// SPDX-License-Identifier: MIT
#pragma once

#include "clang.hpp"

namespace safe {

// All throw TooDeep for a type of too many parts (failure.hpp).

// A pointer of any kind, also as a template argument: std::optional<int*>. What a class of the
// standard library or of lib/ keeps inside does not count.
bool holds_pointer(CXType type);
// A C array, a reference to one, or one as a template argument.
bool holds_array(CXType type);

// The types of objects that live elsewhere and that TYPE shows: X for X& and std::span<X>, char for
// a std::string_view; through members and template arguments.
std::vector<CXType> viewed_types(CXType type);

// An object of type TYPE has an object of type PART in it.
bool owns(CXType type, CXType part);
bool owns_any(CXType type, const std::vector<CXType>& parts);

// load and store may make values of it: integers, std::byte, std::array of these, plain structs.
bool is_plain_data(CXType type);
// The same, and enumerations.
bool is_storable_data(CXType type);

// Without a first value of its own: a number, and what has one in it that its class gives none.
bool lacks_first_value(CXType type);
bool has_initialiser(CXCursor member);

// Its destructor does something.
bool has_destructor(CXType type);

} // namespace safe
