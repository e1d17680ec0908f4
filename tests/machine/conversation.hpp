// A person at the terminal of `faultline run`: reads what the machine says, and types.
// SPDX-License-Identifier: MIT
//
// The terminal is a pseudo-terminal, so that keys and modes are those of a real one.
#pragma once

#include <string>
#include <sys/types.h>

class Conversation {
public:
    explicit Conversation(const std::string& arguments); // of `faultline run`
    ~Conversation();                                     // ends the machine
    Conversation(const Conversation&) = delete;
    Conversation& operator=(const Conversation&) = delete;

    void type(const std::string& keys);
    // Whether WORDS come, behind those that were awaited before; it waits SECONDS at most.
    bool hears(const std::string& words, int seconds = 60);
    // The command's exit status, once it has ended; -1: it does not.
    int status();

    const std::string& heard() const { return heard_; }

private:
    bool listen(int seconds); // false: nothing came, or nothing will

    pid_t process_ = -1;
    int terminal_ = -1;
    std::string heard_;
    std::size_t understood_ = 0;
};
