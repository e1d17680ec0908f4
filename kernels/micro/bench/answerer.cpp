// A server in the pager's place that answers at once: what a remote procedure call costs.
// SPDX-License-Identifier: MIT
//
// It serves no faults: its client is wired (rpc.cpp).
#include "kernels/micro/bench/rpc.hpp"

#include "kernels/micro/library/server.hpp"

const std::string_view server_name = "answerer";

namespace {

using abi::micro::Operation;

[[noreturn, gnu::hot]] void answer_ten_words(micro::LongReceived request) {
    for (;;)
        request = micro::exchange_long(Operation::reply_and_wait, request.received.token,
                                       {request.received.message, request.more});
}

} // namespace

extern "C" [[noreturn, gnu::hot]] void server_main() {
    micro::Received request;
    do {
        request = micro::reply_and_wait(request.token, request.message);
    } while (request.message.label != RPC_TEN_WORDS_FROM_NOW);
    answer_ten_words({request, {}});
}
