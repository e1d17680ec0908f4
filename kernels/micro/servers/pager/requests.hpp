// What the pager answers: the loop's table of requests (client.hpp).
// SPDX-License-Identifier: MIT
#pragma once

#include "kernels/micro/library/ipc.hpp"

// The answer to REQUEST, from a program or from who makes spaces; no fault.
micro::Message serve(const micro::Received& received);
