// One line that says what is going on, for work that takes more than two seconds.
// SPDX-License-Identifier: MIT
//
// Written to standard error, over itself, and wiped at the end.
#include "progress.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <sys/ioctl.h>
#include <unistd.h>

namespace faultline {

static bool is_terminal(int stream) {
    const char* kind = std::getenv("TERM");
    return isatty(stream) && kind && std::string_view(kind) != "dumb";
}

void Progress::show(const std::string& words) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(
        std::chrono::steady_clock::now() - started_);
    if (seconds.count() < 2 || !is_terminal(STDERR_FILENO))
        return;
    std::fprintf(stderr, "\r\033[K%s ... %d s", words.c_str(), static_cast<int>(seconds.count()));
    shown_ = true;
}

Progress::~Progress() {
    if (shown_)
        std::fputs("\r\033[K", stderr);
}

bool colour_on(int stream) {
    const char* refused = std::getenv("NO_COLOR");
    return is_terminal(stream) && !(refused && *refused);
}

std::size_t width_of_stream(int stream, std::size_t otherwise) {
    constexpr std::size_t narrowest = 40; // below it lines may break as they will
    winsize size{};
    if (!isatty(stream) || ioctl(stream, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return otherwise;
    return std::max<std::size_t>(size.ws_col, narrowest);
}

} // namespace faultline
