// Refused: varargs@5,8: arguments without types.
// SPDX-License-Identifier: MIT
namespace vm {

inline int count(int first, ...) { return first; }

template <class T>
int total(T first, ...) {
    return static_cast<int>(sizeof(first));
}

} // namespace vm
