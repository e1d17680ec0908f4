// A server in the pager's place that answers at once: what a remote procedure call costs.
// SPDX-License-Identifier: MIT
//
// It serves no faults: its client is wired (rpc_client.cpp).
#include "kernels/micro/library/ipc.hpp"
#include "rpc.hpp"

#include "lib/panic.hpp"

namespace {

using abi::micro::Operation;

void answer_ten_words(micro::LongReceived request) {
    for (;;)
        request = micro::exchange_long(Operation::reply_and_wait, request.received.token,
                                       {request.received.message, request.more});
}

} // namespace

extern "C" void answers_at_once() {
    micro::Received request;
    do {
        request = micro::reply_and_wait(request.token, request.message);
    } while (request.message.label != RPC_TEN_WORDS_FROM_NOW);
    answer_ten_words({request, {}});
}
