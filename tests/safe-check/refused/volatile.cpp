// Refused: volatile@6,9: devices are not reached from here.
// SPDX-License-Identifier: MIT
namespace vm {

struct Registers {
    volatile unsigned status = 0;
};

inline unsigned read(const volatile unsigned& device) { return device; }

} // namespace vm
