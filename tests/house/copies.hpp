// Function bodies that are written twice, or for two kernels only.
// SPDX-License-Identifier: MIT
//
// What two kernels do in the same words is no structure: it belongs to services/, arch/ or lib/, in
// a form that every kernel can use. A header for two of them would be the same text at one remove.
#pragma once

#include "includes.hpp"

// A body with fewer lines of code than these may be a copy, its braces' lines counted.
inline constexpr int LINES_OF_A_COPY = 10;

// Bodies that stand in the folders of two kernels or more, but for names and literals: one text for
// each such body, with all its places.
std::vector<std::string> copies_between_kernels(const Files& files);

// Bodies in headers outside kernels/ that exactly two kernels see: their places, and whose they
// are. A header of one of SERVICES (folders below services/) is for whoever places that service: it
// is one of these if somebody else places the service without it.
std::vector<std::string> bodies_for_two_kernels(const Files& files,
                                                const std::set<std::string>& services);
