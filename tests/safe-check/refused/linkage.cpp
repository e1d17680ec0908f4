// Refused: linkage@6,9,15 foreign-declaration@6,15 global-state@9: symbols of others.
// SPDX-License-Identifier: MIT
#include <string_view>

// The kernel's own function, without its header.
extern "C" void kernel_main(unsigned long hart);

extern "C" {
extern const char spin_interface_1;
}

namespace vm {
// In a namespace it is the same symbol.
extern "C" {
bool translation_add_mapping(int, int);
}
} // namespace vm
