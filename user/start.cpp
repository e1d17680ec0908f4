// Where a program begins, after its system library has set itself up.
// SPDX-License-Identifier: MIT
//
// Before: the kernel started library_start (the system library), which jumped here. Next: the
// program's main.
#include "user/lib/os.hpp"

#include <type_traits>

// `int main()` or `int main(os::Arguments)`: one name, as ever in C. The arguments travel in two
// registers, which a main without parameters does not look at (RISC-V psABI, "Integer Calling
// Convention").
int main(os::Arguments arguments);
static_assert(std::is_trivially_copyable_v<os::Arguments> && sizeof(os::Arguments) == 16);

extern "C" [[noreturn]] void _start(std::size_t count, const abi::TextView* arguments) {
    os::exit(main(os::Arguments({arguments, count})));
}
