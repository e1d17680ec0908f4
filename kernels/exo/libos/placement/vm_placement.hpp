// What services/vm stands over in ExOS: bindings, primitives, an extent, the shared file system.
// SPDX-License-Identifier: MIT
#pragma once

#include "kernels/exo/libos/paging.hpp"

namespace vm {
using Frames = ::ProcessFrames;
using Translations = ::Translations;
using Swap = ::SwapArea;
using Files = ::MappedFiles;
} // namespace vm
