// Refused: goto@6,8: jumps.
// SPDX-License-Identifier: MIT
namespace vm {

inline int count(int number) {
again:
    if (--number > 0)
        goto again;
    return number;
}

} // namespace vm
