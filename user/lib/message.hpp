// A program's complaint, in one write: "ls: /x: not found".
// SPDX-License-Identifier: MIT
#pragma once

#include "user/lib/errors.hpp"
#include "user/lib/files.hpp"
#include "user/lib/fixed_text.hpp"

#include "lib/print.hpp"

namespace os {

// PARTS and a new line, to the error output.
template <class... Parts>
void report(const Parts&... parts) {
    FixedText<512> text;
    print(text, parts...);
    if (!text.complete())
        text.cut(508);
    text.put("\n");
    write(ERROR, text.view());
}

} // namespace os
