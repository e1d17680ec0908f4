// Refused: statement-expression@10,15 pointer@16,17 address-of@16: only TRY and MUST are.
// SPDX-License-Identifier: MIT
#include "lib/result.hpp"

namespace vm {

inline Result<int> number() { return 3; }

inline int one() {
    return ({ 1; });
}

inline Result<int> inside(int given) {
    // In TRY's argument it is as visible as outside of it.
    return TRY(({
        auto hidden = &given;
        *hidden = 4;
        number();
    }));
}

} // namespace vm
