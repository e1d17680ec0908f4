// QEMU's plugin interface as the installed header declares it.
// SPDX-License-Identifier: MIT
//
// CMake puts this folder on the include path instead of api/declared when the header is there and
// compiles.
#pragma once

#include <cstddef>
#include <cstdint>

#include <glib.h>

extern "C" {
#include <qemu-plugin.h>
}
