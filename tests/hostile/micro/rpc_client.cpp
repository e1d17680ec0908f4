// Measures a remote procedure call, with its stubs, there and back (tests/machine/rpc_test.cpp).
// SPDX-License-Identifier: MIT
#include "kernels/micro/library/ipc.hpp"
#include "rpc.hpp"

#include "user/programs/bench/bench.hpp"

namespace {

constexpr micro::CapSlot SERVER{1}; // the loader's

void call_null() { micro::call(SERVER, {RPC_NULL, {}}); }

constexpr micro::LongMessage TEN_WORDS{{RPC_NULL, {1, 2, 3, 4, 5}}, {6, 7, 8, 9, 10}};

micro::LongReceived call_ten_words() {
    return micro::exchange_long(micro::Operation::call, SERVER.raw(), TEN_WORDS);
}

} // namespace

extern "C" int measures_rpc() {
    bench::measure("rpc", bench::Samples::CAPACITY, call_null);
    if (micro::call(SERVER, {RPC_NULL, {}}).label != RPC_NULL)
        os::report("rpc: another label came back");
    micro::call(SERVER, {RPC_TEN_WORDS_FROM_NOW, {}});
    bench::measure("rpc-ten-words", bench::Samples::CAPACITY, [] { call_ten_words(); });
    const micro::LongReceived answer = call_ten_words();
    if (answer.received.message.words != TEN_WORDS.message.words || answer.more != TEN_WORDS.more)
        os::report("rpc: other words came back");
    return 0;
}
