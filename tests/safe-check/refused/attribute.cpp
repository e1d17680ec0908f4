// Refused: attribute@6,8,10,12,15,18,20,23 foreign-declaration@20: beyond the list.
// SPDX-License-Identifier: MIT
namespace vm {

// Into a section that is executed.
[[gnu::section(".text")]] constinit int code = 0x13;

[[gnu::constructor]] inline void early() {}

[[gnu::noipa]] inline void not_a_stage() {}

inline __attribute__((naked)) void without_end() {}

struct Page {
    alignas(4096) int number = 0;
};

[[noreturn]] inline void returns() {}

[[nodiscard, gnu::alias("kernel_main")]] int other();

inline int number(int given) {
    [[using gnu: assume]];
    return given;
}

} // namespace vm
