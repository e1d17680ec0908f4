// Refused: missing-return@8: the machine would go on with whatever stands next.
// SPDX-License-Identifier: MIT
namespace vm {

inline int sign(int number) {
    if (number < 0)
        return -1;
}

} // namespace vm
