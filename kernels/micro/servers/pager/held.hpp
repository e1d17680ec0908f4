// What the second pager answers, beside what every pager does.
// SPDX-License-Identifier: MIT
#pragma once

#include "kernels/micro/library/ipc.hpp"

// The answer to what was RECEIVED from the first pager.
micro::Message serve_first_pager(const micro::Received& received);
