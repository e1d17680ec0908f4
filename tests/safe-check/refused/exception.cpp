// Refused: exception@7,11,13: there is nobody to catch.
// SPDX-License-Identifier: MIT
namespace vm {

inline int checked(int number) {
    if (number < 0)
        throw number;
    return number;
}
inline int guarded(int number) {
    try {
        return checked(number);
    } catch (int thrown) {
        return thrown;
    }
}

} // namespace vm
