// extension_start with C linkage inside a namespace, with parameters of its own.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: linkage
// breaks: namespaces do not count for C names: the kernel's call arrives here, with other types.
#include "lib/result.hpp"

#include <cstdint>
#include <string_view>

extern "C" void console_write(std::string_view text);

namespace mine {

extern "C" Result<void> extension_start(std::string_view secret) {
    console_write(secret.substr(0, 4096));
    return {};
}

} // namespace mine
