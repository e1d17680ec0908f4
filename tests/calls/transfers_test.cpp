// Reads and writes that are refused on the way: after every byte and page, and each byte once.
// SPDX-License-Identifier: MIT
#include "calls.hpp"
#include "tests/unity/sample.hpp"

#include <ostream>

namespace {

constexpr VirtAddr BUFFER = DATA + PAGE_SIZE;
constexpr std::uint64_t ROOM = 4 * PAGE_SIZE;

std::string numbered(std::size_t bytes) {
    std::string text;
    for (std::size_t i = 0; text.size() < bytes; ++i)
        text += std::to_string(i) + ' ';
    text.resize(bytes);
    return text;
}

// What a transfer came to, for all who can see it.
struct Seen {
    std::uint64_t answer = 0;
    std::string moved{}; // the bytes at their goal
    bool operator==(const Seen&) const = default;
};
std::ostream& operator<<(std::ostream& out, const Seen& seen) {
    return out << words(seen.answer) << ", " << seen.moved.size() << " bytes: " << seen.moved;
}

enum class Kind : std::uint8_t { file, append, pipe, terminal };

// Processes: 1 holds everything open and looks on, `mover` reads and writes, `other` is at the far
// end of a pipe.
class Transfer {
public:
    Transfer(Kind kind, unix::Way way)
        : kind_(kind), way_(way), text_(numbered(length(kind, way))) {
        prepare();
        mover = &calls.fork(calls.first);
        other = &calls.fork(calls.first);
        if (way_ == unix::Way::in && kind_ == Kind::pipe) { // from the middle of the ring
            REQUIRE(calls.world.write(other->index(), far_, std::string(1'500, '-')) == "1500");
            REQUIRE(calls.world.read(other->index(), near, 1'500).size() == 1'500);
        }
    }

    // All of it, with the program's bytes from START on; AFTER: told before each further try.
    Seen run(
        VirtAddr start, const std::function<void()>& after = [] {}) {
        begin(start);
        Seen seen;
        const SystemCall number = way_ == unix::Way::in ? SystemCall::read : SystemCall::write;
        seen.answer = calls.call(*mover, number, {near.raw(), start.raw(), text_.size(), 0, 0, 0},
                                 [&](Event event) {
                                     serve_far_end(event);
                                     after();
                                 });
        seen.moved = finish(start);
        CHECK(!calls.is_held(*other, near, way_));
        return seen;
    }
    // Takes what a transfer left that did not come to its end.
    void drain() {
        if (way_ == unix::Way::out)
            return;
        if (kind_ == Kind::terminal)
            calls.world.read(other->index(), near, text_.size());
        if (kind_ == Kind::pipe)
            calls.world.read(other->index(), near);
        if (kind_ == Kind::pipe && calls.system.stat(other->index(), near)->size != 0)
            calls.world.read(other->index(), near);
    }
    // What is the same however it is refused.
    Seen undisturbed() const { return {text_.size(), text_}; }
    const std::string& text() const { return text_; }

    Calls calls;
    Caller* mover = nullptr;
    Caller* other = nullptr;
    Descriptor near{}; // the mover's

private:
    static std::size_t length(Kind kind, unix::Way way) {
        if (kind == Kind::pipe && way == unix::Way::in)
            return unix::Pipes::BYTES;
        return kind == Kind::terminal && way == unix::Way::in ? 3'000 : 6'000;
    }
    void prepare() {
        if (kind_ == Kind::pipe) {
            const unix::PipeEnds ends = *calls.system.pipe(calls.world.first);
            near = way_ == unix::Way::in ? ends.reading : ends.writing;
            far_ = way_ == unix::Way::in ? ends.writing : ends.reading;
        } else if (kind_ == Kind::terminal) {
            near = *calls.system.open_terminal(calls.world.first);
            text_.back() = '\n';
        } else {
            calls.world.make("/f");
            near =
                *calls.world.open("/f", kind_ == Kind::append ? abi::open::WRITE | abi::open::APPEND
                                                              : abi::open::READ_WRITE);
        }
    }
    void begin(VirtAddr start) {
        arrived_.clear();
        calls.world.around.screen.clear();
        calls.set(*mover, BUFFER, std::string(ROOM, '?'));
        if (way_ == unix::Way::out)
            calls.set(*mover, start, text_);
        if (kind_ == Kind::file || kind_ == Kind::append) {
            const auto emptied = calls.world.open("/f", abi::open::WRITE | abi::open::TRUNCATE);
            REQUIRE(emptied.has_value());
            REQUIRE(calls.system.close(calls.world.first, *emptied).has_value());
            REQUIRE(calls.system.seek(other->index(), near, 0).has_value());
        }
        if (way_ == unix::Way::out)
            return;
        if (kind_ == Kind::file) {
            REQUIRE(calls.world.write(other->index(), near, text_) == words(text_.size()));
            REQUIRE(calls.system.seek(other->index(), near, 0).has_value());
        } else if (kind_ == Kind::pipe) {
            REQUIRE(calls.world.write(other->index(), far_, text_) == words(text_.size()));
        } else {
            for (const std::byte key : bytes_of(text_))
                calls.system.terminal_input(key);
        }
    }
    // The pipe is full: the other one reads a part.
    void serve_far_end(Event event) {
        if (event == Event::turn())
            return;
        REQUIRE(kind_ == Kind::pipe);
        REQUIRE(way_ == unix::Way::out);
        calls.world.around.woken.clear();
        arrived_ += calls.world.read(other->index(), far_, 1'000);
        CHECK(calls.world.around.has_woken(event));
    }
    std::string finish(VirtAddr start) {
        if (way_ == unix::Way::in) {
            const std::string all = calls.memory.text(*mover->space, BUFFER, ROOM);
            const std::size_t before = start - BUFFER;
            // Nothing beside it was touched.
            CHECK(all.substr(0, before) == std::string(before, '?'));
            CHECK(all.substr(before + text_.size()) ==
                  std::string(all.size() - before - text_.size(), '?'));
            return all.substr(before, text_.size());
        }
        if (kind_ == Kind::terminal)
            return calls.world.around.screen;
        if (kind_ != Kind::pipe)
            return calls.world.contents("/f");
        const unix::Counts counts = calls.system.counts();
        CHECK(counts.pipes == 1);
        while (calls.system.stat(other->index(), far_)->size != 0 &&
               arrived_.size() <= text_.size())
            arrived_ += calls.world.read(other->index(), far_);
        return arrived_;
    }

    Kind kind_;
    unix::Way way_;
    std::string text_;
    Descriptor far_{};
    std::string arrived_{};
};

struct What {
    Kind kind;
    unix::Way way;
    std::string_view words;
};
constexpr std::array EVERY{
    What{Kind::file, unix::Way::in, "read of a file"},
    What{Kind::file, unix::Way::out, "write of a file"},
    What{Kind::append, unix::Way::out, "write to the end of a file"},
    What{Kind::pipe, unix::Way::in, "read of a pipe"},
    What{Kind::pipe, unix::Way::out, "write to a pipe"},
    What{Kind::terminal, unix::Way::in, "read of the terminal"},
    What{Kind::terminal, unix::Way::out, "write to the terminal"},
};

// Calls USE with a transfer of each kind.
template <class Use>
void with_every_kind(Use use) {
    for (const What& what : EVERY) {
        CAPTURE(what.words);
        Transfer transfer(what.kind, what.way);
        use(transfer);
    }
}

} // namespace

TEST_CASE("calls: a transfer whose pages are missing meets each border of a page, each byte once") {
    with_every_kind([](Transfer& transfer) {
        for (const unsigned offset : sample::of(0, PAGE_SIZE - 1, 24)) {
            CAPTURE(offset);
            transfer.calls.memory.evict(*transfer.mover->space);
            CHECK(transfer.run(BUFFER + offset) == transfer.undisturbed());
        }
    });
}

TEST_CASE("calls: a transfer is refused at each of its pieces, each byte is seen once") {
    with_every_kind([](Transfer& transfer) {
        unsigned pieces = 0;
        for (;; ++pieces) {
            CAPTURE(pieces);
            transfer.calls.memory.pieces_until_refusal = pieces;
            CHECK(transfer.run(BUFFER + 77) == transfer.undisturbed());
            if (transfer.calls.memory.pieces_until_refusal)
                break; // there were fewer pieces
        }
        transfer.calls.memory.pieces_until_refusal.reset();
        CHECK(pieces >= 1);
        transfer.calls.memory.refuses_by_turns = true;
        CHECK(transfer.run(BUFFER + 77) == transfer.undisturbed());
    });
}

TEST_CASE("calls: a transfer gets on though every page goes while the next one comes") {
    with_every_kind([](Transfer& transfer) {
        const auto evict = [&] { transfer.calls.memory.evict(*transfer.mover->space); };
        for (const std::uint64_t offset : {0UL, 1UL, 2'048UL, PAGE_SIZE - 1}) {
            CAPTURE(offset);
            evict();
            unsigned tries = 0;
            // Who takes the pages between two tries lets one in two pass.
            CHECK(transfer.run(BUFFER + offset, [&] {
                if (++tries % 2 == 0)
                    evict();
            }) == transfer.undisturbed());
        }
    });
}

TEST_CASE("calls: who is killed in the middle of a transfer holds nothing any more") {
    with_every_kind([](Transfer& transfer) {
        Calls& calls = transfer.calls;
        const std::string text = transfer.text();
        bool was_over = false;
        for (unsigned tries = 1; !was_over; ++tries) {
            CAPTURE(tries);
            REQUIRE(tries < 1'000);
            // A mover of its own for each end; the one before is not heard of again.
            Caller* const before = transfer.mover;
            transfer.mover = &calls.fork(calls.first);
            calls.end(*before);
            calls.memory.evict(*transfer.mover->space);
            calls.memory.refuses_by_turns = true;
            unsigned tried = 0;
            const Seen seen = transfer.run(BUFFER + 1'000, [&] {
                if (++tried == tries)
                    CHECK(calls.system.kill(transfer.mover->id).has_value());
            });
            was_over = tried < tries;
            calls.memory.refuses_by_turns = false;
            if (was_over) {
                CHECK(seen == transfer.undisturbed());
                break;
            }
            // A part, from the start on; a write says how long, if it is more than nothing.
            CHECK((static_cast<std::int64_t>(seen.answer) > 0 ||
                   words(seen.answer) == "interrupted"));
            const std::size_t part = std::min(seen.moved.find('?'), seen.moved.size());
            CHECK(seen.moved.substr(0, part) == text.substr(0, part));
            CHECK(part == (words(seen.answer) == "interrupted" ? 0 : seen.answer));
            // What nobody read goes, so that the next round finds what it puts there.
            transfer.drain();
        }
    });
}

TEST_CASE("calls: a page that cannot be had ends a transfer with what was moved, or with why") {
    const std::uint64_t lost = Page::containing(BUFFER).number() + 1;
    for (const Error why : {Error::no_memory, Error::input_output, Error::no_space}) {
        for (const What& what : EVERY) {
            CAPTURE(what.words);
            Transfer transfer(what.kind, what.way);
            transfer.calls.memory.beyond_mending[lost] = why;
            for (const std::uint64_t offset : {std::uint64_t{1'000}, PAGE_SIZE}) {
                CAPTURE(offset);
                transfer.calls.memory.evict(*transfer.mover->space);
                const Seen seen = transfer.run(BUFFER + offset);
                const std::size_t part = std::min(seen.moved.find('?'), seen.moved.size());
                CHECK(seen.moved.substr(0, part) == transfer.text().substr(0, part));
                CHECK(part <= PAGE_SIZE - offset);
                if (part != 0)
                    CHECK(seen.answer == part);
                else // of the disk, or else of the address
                    CHECK(words(seen.answer) ==
                          words(why == Error::no_memory ? Error::bad_address : why));
                transfer.drain();
            }
        }
    }
}
