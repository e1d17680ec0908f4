// Refused: global-state@10,12,14,18,24,29,30,33: objects outside functions.
// SPDX-License-Identifier: MIT
#include <cstdint>

namespace vm {

inline int now() { return 3; }

// Initialised by code that runs before main, if anybody runs it.
const int start = now();

int counter = 0;

thread_local constinit int of_this_hart = 0;

struct Table {
    int entries = 0;
    inline static int count = 0;
    static constexpr int CAPACITY = 16;
};
struct Closing {
    ~Closing() {}
};
constinit Closing closed_by_nobody;

inline int next() {
    static constexpr int STEP = 2;
    // Two callers share it.
    static int last = 0;
    static constinit int other = 0;
    return last += STEP + other;
}
extern const std::uint64_t ELSEWHERE;

} // namespace vm
