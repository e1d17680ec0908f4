// The interface's names and the hash of what each one's type means, down to the last member.
// SPDX-License-Identifier: MIT
//
// A linked name says nothing of results, layouts and values; an object that was compiled against
// other headers would be bound, and read the wrong bytes. So names travel with a hash: both the
// kernel's exports (kernels/spin/exports.S) and an extension's imports are called NAME.HASH.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace spin_cc {

// By the linker's name: the name with its hash, "strand_self.0123456789abcdef".
using Interface = std::map<std::string, std::string>;

// Of all functions that the headers below FOLDER declare and do not define. FLAGS are clang's.
// Throws when one does not compile.
Interface read_interface(const std::filesystem::path& folder,
                         const std::vector<std::string>& flags);

// For exports.S: a macro for each name, which emits the name with its hash.
std::string as_macros(const Interface& interface);

} // namespace spin_cc
