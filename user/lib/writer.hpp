// Buffered output to a descriptor: a sink for lib/print.hpp that saves calls.
// SPDX-License-Identifier: MIT
//
// What is still in the buffer goes out with flush(), or when the writer ends.
#pragma once

#include "user/lib/errors.hpp"
#include "user/lib/files.hpp"

namespace os {

class Writer {
public:
    explicit Writer(std::int64_t descriptor) : descriptor_(descriptor) {}
    ~Writer() { flush(); }
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    void put(std::string_view text) {
        while (!text.empty()) {
            if (used_ == buffer_.size())
                flush();
            const std::size_t count = text.copy(buffer_.data() + used_, buffer_.size() - used_);
            used_ += count;
            text.remove_prefix(count);
        }
    }

    // 0; or the first error that any write met. What could not be written is forgotten.
    std::int64_t flush() {
        std::string_view left(buffer_.data(), used_);
        used_ = 0;
        while (!left.empty() && failure_ == 0) {
            const std::int64_t written = write(descriptor_, left);
            if (written <= 0)
                failure_ = written < 0 ? written : -abi::NO_SPACE;
            else
                left.remove_prefix(static_cast<std::size_t>(written));
        }
        return failure_;
    }
    std::int64_t failure() const { return failure_; }

private:
    std::int64_t descriptor_;
    std::int64_t failure_ = 0;
    std::size_t used_ = 0;
    std::array<char, 1024> buffer_; // NOLINT: filled before it is read
};

} // namespace os
