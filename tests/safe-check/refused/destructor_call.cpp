// Refused: destructor-call@11,17: an object is used after its end.
// SPDX-License-Identifier: MIT
#include <optional>

namespace vm {

struct Frame {
    int number = 0;
    ~Frame() { number = -1; }
    int after_end() {
        this->~Frame();
        return number;
    }
};
template <class T>
void end(T& object) {
    object.~T();
}

} // namespace vm
