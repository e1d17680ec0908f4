// The firmware's banner, taken out of what comes over the serial line.
// SPDX-License-Identifier: MIT
//
// It begins with "OpenSBI v", goes on with the name drawn in letters and lines like
//   Platform Name             : riscv-virtio,qemu
// and ends with the one of MEDELEG (lib/sbi/sbi_init.c of OpenSBI, sbi_boot_print_hart). Should
// another version end otherwise, the first line of another shape is the kernel's.
#include "firmware_banner.hpp"

#include <cctype>
#include <utility>

namespace faultline {

namespace {

constexpr std::string_view FIRST = "OpenSBI v";
constexpr std::string_view LAST = "Boot HART MEDELEG";
constexpr std::size_t NAME_COLUMNS = 26; // at least so many before the colon

bool is_drawn(std::string_view line) {
    return line.find_first_not_of(" _/\\|()<>`'.,-\r") == std::string_view::npos;
}

// A name and its value, or the beginning of them.
bool is_of_table(std::string_view line) {
    if (line.empty() || std::isupper(static_cast<unsigned char>(line.front())) == 0)
        return false;
    const auto name = line.substr(0, line.find(':'));
    for (const char c : name)
        if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != ' ' && c != '-')
            return false;
    return name.size() == line.size() || name.size() >= NAME_COLUMNS;
}

} // namespace

// One line, or the beginning of one: what to show of it. Empty lines before the first are nobody's.
std::string FirmwareBanner::line(std::string_view text) {
    const bool is_whole = text.ends_with('\n');
    const auto words = is_whole ? text.substr(0, text.size() - 1) : text;
    if (state_ == State::before && words.find_first_not_of('\r') != std::string_view::npos) {
        const bool begins = words.starts_with(FIRST) || (!is_whole && FIRST.starts_with(words));
        if (!begins)
            state_ = State::over;
        else if (is_whole)
            state_ = State::inside;
    } else if (state_ == State::inside) {
        if (is_whole && words.starts_with(LAST)) {
            state_ = State::over;
            return "";
        }
        if (!is_drawn(words) && !is_of_table(words))
            state_ = State::over;
    }
    return state_ == State::over ? std::string(text) : "";
}

std::string FirmwareBanner::feed(std::string_view bytes) {
    std::string shown;
    kept_ += bytes;
    while (!is_over() && !kept_.empty()) {
        const auto feed = kept_.find('\n');
        const bool is_whole = feed != std::string::npos;
        const auto text = kept_.substr(0, is_whole ? feed + 1 : feed);
        shown += line(text);
        if (!is_whole && !is_over())
            return shown; // the rest of the line will tell
        kept_.erase(0, text.size());
    }
    return shown + std::exchange(kept_, "");
}

std::string FirmwareBanner::finish() {
    state_ = State::over;
    return std::exchange(kept_, "");
}

} // namespace faultline
