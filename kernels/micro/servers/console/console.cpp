// The console: the serial line as a user-mode server.
// SPDX-License-Identifier: MIT
//
// Before: server_start, for the loop; a request comes from the stubs in client.cpp. Next: uart.hpp.
// Without a serial line text goes by way of the kernel, and there are no keys.
#include "kernels/micro/servers/console/client.hpp"
#include "kernels/micro/servers/console/uart.hpp"
#include "kernels/micro/servers/root/client.hpp"

#include "kernels/micro/library/server.hpp"
#include "kernels/micro/library/windows.hpp"

#include "lib/panic.hpp"

#include <algorithm>

constinit const std::string_view server_name = "console";

namespace {

namespace label = console::label;
using micro::Message;
using micro::Received;

constexpr std::uint64_t INTERRUPT = 1; // the notice that the device's interrupt is

// Keys that nobody has taken yet. Positions count since the beginning; a place is one modulo 64.
class Keys {
public:
    bool is_empty() const { return taken_ == received_; }
    bool is_full() const { return received_ - taken_ == ring_.size(); }
    void add(std::byte key) { ring_[received_++ % ring_.size()] = key; }
    std::byte take() { return ring_[taken_++ % ring_.size()]; }

private:
    std::array<std::byte, 64> ring_{};
    std::uint64_t taken_ = 0;
    std::uint64_t received_ = 0;
};

struct Driver {
    Uart uart;
    Keys keys;
    bool is_deaf = false; // there was no room, so keys wait in the device, without an interrupt
};
constinit Driver driver;

// From the device into the ring, as many as there is room for. An interrupt that nobody can heed
// would come again and again.
void fetch_keys() {
    while (!driver.keys.is_full()) {
        const std::optional<std::byte> key = driver.uart.read();
        if (!key)
            break;
        driver.keys.add(*key);
    }
    if (driver.keys.is_full() != driver.is_deaf) {
        driver.is_deaf = driver.keys.is_full();
        if (driver.is_deaf)
            driver.uart.disable_interrupts();
        else
            driver.uart.enable_receive_interrupt();
    }
}

// The device's interrupt. UNIX may not be there yet: it asks for keys when it starts.
Message take_note() {
    fetch_keys();
    if (!driver.keys.is_empty())
        static_cast<void>(micro::notify(root::slot::UNIX, console::KEYS));
    return {}; // to nobody
}

void show(std::span<const char> text) {
    if (!driver.uart.is_present())
        return micro::DebugConsole().put(std::string_view(text.data(), text.size()));
    for (const char character : text)
        driver.uart.write(static_cast<std::byte>(character));
}

// invalid: the window ends before that, or is not to be read; bad_address: a page of it is not
// there. What came before such a page is on the screen.
Result<void> put(const Received& request) {
    const std::uint64_t bytes = request.message.words[4];
    std::array<char, 256> piece{};
    for (std::uint64_t done = 0; done < bytes; done += piece.size()) {
        const std::span<char> text =
            std::span(piece).first(std::min<std::uint64_t>(bytes - done, piece.size()));
        const Result<void> copied =
            micro::copy_from_user({request.token}, VirtAddr(done), std::as_writable_bytes(text));
        if (!copied)
            return std::unexpected(copied.error() == Error::not_mapped ? Error::bad_address
                                                                       : Error::invalid);
        show(text);
    }
    return {};
}

Message take_keys() {
    Message answer{};
    if (!driver.uart.is_present())
        return answer;
    fetch_keys();
    std::uint64_t& count = answer.words[0];
    while (count < console::MOST_KEYS && !driver.keys.is_empty())
        console::put_key(answer.words, count++, driver.keys.take());
    fetch_keys();
    return answer;
}

Message serve(const Received& request) {
    switch (request.message.label) {
    case label::PUT:
        return micro::answer_of(put(request));
    case label::TAKE_KEYS:
        return take_keys();
    case abi::micro::label::NOTICES_CAME:
        return take_note();
    default:
        return micro::refusal(Error::invalid);
    }
}

void start_uart(VirtAddr registers, std::uint64_t interrupt) {
    driver.uart = Uart(registers);
    if (!driver.uart.is_present())
        return;
    // Cannot fail: root gives the right to, and nobody else drives this device.
    MUST(micro::bind_interrupt(interrupt, INTERRUPT));
    driver.uart.enable_receive_interrupt();
}

} // namespace

// Where root starts the driver, by way of server_start: the page of the serial line's registers (0:
// there is none), and its interrupt source.
extern "C" [[noreturn]] void server_main(std::uint64_t registers, std::uint64_t interrupt) {
    start_uart(VirtAddr(registers), interrupt);
    Received request;
    Message answer{}; // to nobody yet
    for (;;) {
        request = micro::reply_and_wait(request.token, answer);
        answer = serve(request);
    }
}
