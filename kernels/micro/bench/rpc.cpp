// Benchmark of a remote procedure call, with its stubs, there and back: rpc, rpc-ten-words.
// SPDX-License-Identifier: MIT
//
// Runs alone with answerer.cpp, where root lets a program call its pager by a capability. In a
// whole system there is none in that slot, and this says so.
#include "kernels/micro/bench/rpc.hpp"

#include "kernels/micro/library/ipc.hpp"

#include "user/programs/bench/bench.hpp"

namespace {

constexpr micro::CapSlot SERVER{1}; // root's, where the personality is `wired`

void call_null() { micro::call(SERVER, {RPC_NULL, {}}); }

constexpr micro::LongMessage TEN_WORDS{{RPC_NULL, {1, 2, 3, 4, 5}}, {6, 7, 8, 9, 10}};

micro::LongReceived call_ten_words() {
    return micro::exchange_long(micro::Operation::call, SERVER.raw(), TEN_WORDS);
}

} // namespace

int main() {
    if (micro::call(SERVER, {RPC_NULL, {}}).label != RPC_NULL) {
        os::report("rpc: there is nobody who answers at once (personality=wired pager=answerer)");
        return 1;
    }
    bench::measure("rpc", bench::Samples::CAPACITY, call_null);
    micro::call(SERVER, {RPC_TEN_WORDS_FROM_NOW, {}});
    bench::measure("rpc-ten-words", bench::Samples::CAPACITY, [] { call_ten_words(); });
    const micro::LongReceived answer = call_ten_words();
    if (answer.received.message.words != TEN_WORDS.message.words || answer.more != TEN_WORDS.more)
        return os::report("rpc: other words came back"), 1;
    return 0;
}
