// Refused: foreign-declaration@12,20,23,26,31,34: what others declare and befriend.
// SPDX-License-Identifier: MIT
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/files.hpp"

#include <array>

// The bare start of a span of anything: the interface befriends a class of the kernel's.
namespace vm {
class Frames {}; // of one's own
} // namespace vm
class Frames {
public:
    static spin::FrameCapability forge(std::uint64_t) { return {}; }
};

constinit std::uint64_t broken = 0;

// Run-time checks end here.
void extension_failed(std::string_view) { broken = broken + 1; }

// The same, by the name that lib/ declares.
void panic(std::string_view) { broken = broken + 1; }

// The border of another extension.
files::Inode files::root() { return {}; }

namespace vm {
void panic(std::string_view) { broken = broken + 1; } // nobody's but one's own
} // namespace vm
int main() { return 0; }

// The C library's, as the compiler calls it for large objects.
std::size_t strlen(const vm::Frames&) { return 0; }
