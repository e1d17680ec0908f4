// Refused: attribute@7,9,13,16: attributes whose brackets stand apart.
// SPDX-License-Identifier: MIT
// clang-format off
namespace vm {

// With a blank, and with a comment in between.
[ [gnu::section(".text")]] constinit int code = 0x13;

[/* of the compiler's */[gnu::noipa]] inline void not_a_stage() {}

// On two lines.
inline int number(int given) {
    [
        [using gnu: assume]
    ];
    [ // assumed
        [assume(given > 0)]];
    return given;
}

} // namespace vm
// clang-format on
