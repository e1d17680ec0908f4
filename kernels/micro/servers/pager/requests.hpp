// What the pager answers: the loop's table of requests (client.hpp).
// SPDX-License-Identifier: MIT
#pragma once

#include "kernels/micro/library/ipc.hpp"

// The answer to REQUEST, from a program, the kernel in its name, or who makes spaces.
micro::Message serve(const micro::Received& request);
