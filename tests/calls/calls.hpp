// Programs that call, in a test: their requests are served until they are answered.
// SPDX-License-Identifier: MIT
//
// Between two tries nothing is kept but the eight words of a request, and these in another place.
#pragma once

#include "calls_placement.hpp"
#include "services/calls/lives.hpp"
#include "services/calls/serve.hpp"

#include "abi/address_map.h"

#include <cstring>
#include <memory>

using abi::SystemCall;
using Arguments = std::array<std::uint64_t, 6>;
using RequestWords = std::array<std::uint64_t, call::Request::WORDS>;

// Every program has these pages, to read and write.
inline constexpr VirtAddr DATA{PROGRAM_SLOTS + 0x10000};
inline constexpr std::uint64_t DATA_PAGES = 16;

inline RequestWords words_of(SystemCall number, const Arguments& arguments) {
    RequestWords words{};
    std::ranges::copy(arguments, words.begin());
    words[7] = static_cast<std::uint64_t>(number);
    return words;
}

inline std::string words(std::uint64_t answer) {
    const auto number = static_cast<std::int64_t>(answer);
    return number < 0 ? words(abi::to_error(number)) : std::to_string(answer);
}

// Where a try of a request ended.
struct Tried {
    std::uint64_t answer;
    bool must_wait;
    bool is_for_nobody;
};

// With what a test begins.
enum class Begin : std::uint8_t {
    process_1, // which runs, and has pages at DATA
    nothing,   // but the services
};

class Calls {
public:
    explicit Calls(Begin with = Begin::process_1);
    ~Calls() { std::destroy_at(&storage.place); }
    Calls(const Calls&) = delete;
    Calls& operator=(const Calls&) = delete;

    // One try.
    Tried serve(Caller& caller, RequestWords& words);
    // Tries until there is an answer. BETWEEN is told what is waited for, before the next one.
    std::uint64_t call(
        Caller& caller, SystemCall number, const Arguments& arguments,
        const std::function<void(Event)>& between = [](Event event) {
            CHECK(event == Event::turn());
        });
    // A child of CALLER, as fork makes it.
    Caller& fork(Caller& caller);
    // CALLER ends, and its parent hears of it.
    void end(Caller& caller);
    // Puts TEXT into CALLER's memory.
    void set(Caller& caller, VirtAddr place, std::string_view text) {
        memory.set_text(*caller.space, place, bytes_of(text));
    }
    template <class T>
    void set_value(Caller& caller, VirtAddr place, const T& value) {
        memory.set_text(*caller.space, place, std::as_bytes(std::span(&value, 1)));
    }
    template <class T>
    T value(Caller& caller, VirtAddr place) {
        T read{};
        const std::string text = memory.text(*caller.space, place, sizeof(T));
        std::memcpy(&read, text.data(), sizeof(T));
        return read;
    }
    // A call about a path, which is put at DATA.
    std::uint64_t on_path(Caller& caller, SystemCall number, std::string_view path,
                          std::uint64_t third = 0, std::uint64_t fourth = 0) {
        set(caller, DATA, path);
        return call(caller, number, {DATA.raw(), path.size(), third, fourth, 0, 0});
    }
    // Whether a read or write of DESCRIPTOR by CALLER would have to wait for somebody in the middle
    // of one.
    bool is_held(Caller& caller, Descriptor descriptor, unix::Way way);

    Place& place = begin();
    World& world = place.world;
    System& system = world.system;
    Pages& memory = place.memory;
    Threads& threads = place.threads;
    Caller& first;

private:
    static Place& begin() { return *std::construct_at(&storage.place); }
};

inline bool is_idle(Event event) {
    for (std::size_t i = 1; i <= unix::OPEN_FILES; ++i)
        if (event == Event::idle(unix::OpenFileIndex(i)))
            return true;
    return false;
}
