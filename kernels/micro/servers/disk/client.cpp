// The stubs by which other servers ask the block driver.
// SPDX-License-Identifier: MIT
//
// Before: the file server's cache, and the pager's swap area. Next: disk.cpp, in the driver.
#include "kernels/micro/servers/disk/client.hpp"

#include "kernels/micro/library/objects.hpp"

namespace disk {

namespace {

// no_process is no word of a device: the driver has gone.
Result<micro::Message> ask(micro::CapSlot driver, const micro::Message& request,
                           std::uint64_t window = 0) {
    const micro::Message answer = micro::call(driver, request, window);
    const Result<std::uint64_t> done = micro::to_result(answer.label);
    if (!done)
        return std::unexpected(done.error() == Error::no_process ? Error::input_output
                                                                 : done.error());
    return answer;
}

micro::Message request_for(std::uint64_t label, block::BlockNumber number,
                           block::ConstBlockBytes bytes) {
    return {label, {number.raw(), 0, 0, micro::address_of(bytes.data()), bytes.size()}};
}

} // namespace

Result<void> Client::connect() {
    const micro::Message answer = TRY(ask(driver_, {label::DESCRIBE, {}}));
    block_count_ = answer.words[0];
    is_read_only_ = answer.words[1] != 0;
    return {};
}

Result<void> Client::read(block::BlockNumber number, block::BlockBytes bytes) {
    TRY(ask(driver_, request_for(label::READ, number, bytes), abi::micro::WRITABLE));
    return {};
}

Result<void> Client::write(block::BlockNumber number, block::ConstBlockBytes bytes) {
    TRY(ask(driver_, request_for(label::WRITE, number, bytes), abi::micro::READABLE));
    return {};
}

Result<void> Client::flush() {
    TRY(ask(driver_, {label::FLUSH, {}}));
    return {};
}

} // namespace disk
