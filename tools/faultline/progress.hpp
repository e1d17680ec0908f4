// One line that says what is going on, for work that takes more than two seconds.
// SPDX-License-Identifier: MIT
//
// Only on a terminal; whatever is piped stays plain.
#pragma once

#include <chrono>
#include <string>

namespace faultline {

class Progress {
public:
    ~Progress(); // wipes the line
    void show(const std::string& words);

private:
    std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
    bool shown_ = false;
};

// May this stream carry colour? Only a terminal, and not against the reader's wish (NO_COLOR).
bool colour_on(int stream);
// Columns of the terminal; of anything else, `otherwise`.
std::size_t width_of_stream(int stream, std::size_t otherwise);

} // namespace faultline
