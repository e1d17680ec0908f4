// What the machine did, compared with what the model says.
// SPDX-License-Identifier: MIT
//
// Before: director.cpp, with a step that model and machine have made.
#include "director.hpp"

namespace label = abi::micro::label;
using model::NONE;

namespace {

constexpr std::uint64_t PATIENCE = 50'000; // ticks for a report that is due
constexpr std::uint64_t QUIET = 400;       // ticks, after which none comes any more

} // namespace

bool Director::check(const micro::Received& report) {
    const auto puppet = static_cast<unsigned>(report.badge);
    if (!world::is_puppet(puppet))
        return differ("a message to the director under a badge", 0, report.badge);
    model::Thread& thread = the_model.threads[puppet];
    if (thread.state != State::reported || thread.reports == seen_reports_[puppet])
        return differ("who went on, and should wait", 0, puppet);
    seen_reports_[puppet] += 1;
    if (thread.token == 0) {
        if (the_model.thread_of(report.token) != NONE ||
            std::ranges::count(old_tokens_, report.token) != 0)
            return differ("a token that somebody had before", 0, report.token);
        thread.token = report.token;
        old_tokens_[old_token_count_++ % old_tokens_.size()] = report.token;
    }
    if (report.token != thread.token)
        return differ("its token", thread.token, report.token);
    if (thread.has_exited) {
        if (report.message.label != label::EXITED)
            return differ("label", label::EXITED, report.message.label);
        return report.message.words[0] == thread.exit_status
                   ? true
                   : differ("status", thread.exit_status, report.message.words[0]);
    }
    if (report.message.label != label::EXCEPTION)
        return differ("label of its report", label::EXCEPTION, report.message.label);
    if (report.message.words[2] != world::EBREAK)
        return differ("pc", world::EBREAK, report.message.words[2]);
    const auto context = micro::read_registers(thread_slot(puppet));
    if (!context)
        return differ("its registers could be read", 1, 0);
    for (unsigned number = 1; number < world::reg::COUNT; ++number) {
        const std::uint64_t value = context->registers[number - 1];
        if (number == world::reg::A6 && thread.token_of != NONE) {
            if (the_model.thread_of(value) != NONE)
                return differ("a token that somebody has", 0, value);
            the_model.threads[thread.token_of].token = value;
        } else if ((thread.known >> number & 1) != 0 && thread.registers[number] != value) {
            micro::DebugConsole console;
            print(console, "ipc-model: in puppet ", puppet, "'s register x", number, "\n");
            return differ("a register", thread.registers[number], value);
        }
        thread.registers[number] = value;
    }
    messages_ += (thread.known >> world::reg::A6 & 1) != 0 ? 1 : 0;
    return true;
}

// Everybody who went on in this step tells so, and nobody else does.
bool Director::collect() {
    unsigned due = 0;
    for (unsigned i = 0; i < world::THREADS; ++i)
        if (world::is_puppet(i) && the_model.threads[i].state == State::reported)
            due += the_model.threads[i].reports != seen_reports_[i] ? 1 : 0;
    const bool listens_on = due == 0 || random_.happens(5);
    for (; due != 0; --due) {
        const micro::Received report = micro::receive(abi::micro::ANYBODY, PATIENCE);
        if (report.message.label == abi::to_register(Error::would_block))
            return differ("reports that did not come", due, 0);
        if (!check(report))
            return false;
    }
    if (!listens_on)
        return true;
    const micro::Received more = micro::receive(abi::micro::ANYBODY, QUIET);
    return more.message.label == abi::to_register(Error::would_block)
               ? true
               : differ("who went on, and should wait", 0, more.badge);
}

bool Director::compare_frame(unsigned frame) {
    if (frame >= world::SEEN_FRAMES)
        return true;
    const auto* const expected =
        reinterpret_cast<const std::uint64_t*>(the_model.frames[frame].data());
    const auto* const here = reinterpret_cast<const std::uint64_t*>(seen(frame));
    for (unsigned i = 0; i < PAGE_SIZE / sizeof(std::uint64_t); ++i)
        if (expected[i] != here[i]) {
            micro::DebugConsole console;
            print(console, "ipc-model: in frame ", frame, " at ", i * sizeof(std::uint64_t), "\n");
            return differ("memory", expected[i], here[i]);
        }
    return true;
}

// What only the machine knew: bytes, and which table came back.
bool Director::learn(unsigned who) {
    for (unsigned i = 0; i < the_model.unforeseen_count; ++i) {
        const auto& [frame, offset, bytes] = the_model.unforeseen[i];
        if (frame < world::SEEN_FRAMES)
            std::copy_n(seen(frame) + offset, bytes, &the_model.frames[frame][offset]);
    }
    for (unsigned i = 0; i < the_model.touched_count; ++i)
        if (!compare_frame(the_model.touched[i]))
            return false;
    return !the_model.took_table || the_model.learn_table(who)
               ? true
               : differ("a table from a page that it gave", 0,
                        the_model.threads[who].registers[world::reg::A0]);
}
