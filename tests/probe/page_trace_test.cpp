// The trace of page references: written as the program runs, read back as it was.
// SPDX-License-Identifier: MIT
//
// The policies that are simulated over such a trace are tested elsewhere.
#include "page_tracer.hpp"
#include "stream.hpp"

#include <doctest/doctest.h>

using namespace probe_test;

namespace {

// The program's own instructions and a library's, with faults, as the plugin would tell them.
class Traced {
public:
    void at(std::uint64_t pc, Kind kind = Kind::plain, std::uint64_t address = 0) {
        sites_.push_back(layout_.site(pc, 4, {.kind = kind}));
        tracer.execute(sites_.back(), page_faults);
        if (address != 0)
            tracer.accessed(address, kind == Kind::store);
    }
    std::string text() {
        tracer.finish();
        return out.str();
    }

    std::ostringstream out;
    std::uint64_t page_faults = 0;

private:
    Configuration configuration_ = configuration(true);
    Layout layout_{configuration_};
    std::deque<Site> sites_;

public:
    PageTracer tracer{out, 1};
};

} // namespace

TEST_CASE("pages of fetches and data, without repetitions") {
    Traced traced;
    traced.at(0x10000000);
    traced.at(0x10000004);
    traced.at(0x10000008, Kind::load, 0x20001000);
    traced.at(0x1000000c, Kind::load, 0x20001ff8);
    traced.at(0x10000010, Kind::store, 0x20001008);
    traced.at(vector);                         // the kernel
    traced.at(kernel, Kind::load, 0x30000000); // and its data
    traced.at(server, Kind::load, 0x40000000); // a server
    traced.at(0x10001000, Kind::atomic, 0x20002000);
    traced.at(0x10001004, Kind::ecall);
    traced.at(0x10001008, Kind::ecall);
    CHECK(traced.text() == "faultline-pages 1\n10000\n10000 l 20001\n10000 s 20001\n"
                           "10001 l 20002\n10001 c\n10001 c\n");
}

TEST_CASE("a fault stands before the instruction that it kept from completing") {
    Traced traced;
    traced.at(0x10000000);
    traced.at(0x10000004, Kind::store); // fails
    traced.at(vector);
    ++traced.page_faults;
    traced.at(address_of(Function::receive));
    traced.at(0x10000004, Kind::store, 0x20003000);
    traced.at(0x10000008, Kind::call); // to a page that is not there
    traced.at(vector);
    ++traced.page_faults;
    traced.at(address_of(Function::receive));
    traced.at(0x10005000);
    traced.at(server, Kind::load); // a server's fault is none of the program's
    traced.at(vector);
    ++traced.page_faults;
    traced.at(address_of(Function::receive));
    CHECK(traced.text() == "faultline-pages 1\n10000\nfault store\n10000 s 20003\n10000\n"
                           "fault fetch\n10005\n");
}

TEST_CASE("who is resumed and cannot fetch is the program, also behind a server") {
    Traced traced;
    traced.at(0x10000000, Kind::load); // fails
    traced.at(vector);
    ++traced.page_faults;
    traced.at(address_of(Function::receive));
    traced.at(kernel, Kind::sret);
    traced.at(server, Kind::ecall); // it took the page of the program's text away
    traced.at(vector);
    traced.at(kernel, Kind::sret);
    traced.at(vector);
    ++traced.page_faults;
    traced.at(address_of(Function::receive));
    traced.at(kernel, Kind::sret);
    traced.at(0x10000000, Kind::load, 0x20000000);
    CHECK(traced.text() == "faultline-pages 1\nfault load\nfault fetch\n10000 l 20000\n");
}

TEST_CASE("a library that is not the program's is called by a jump, and so goes back to it") {
    Traced traced;
    traced.at(0x10000000, Kind::call);
    traced.at(library_call, Kind::store, 0x30000000);
    traced.at(library_call + 4); // to a page of the program's that is not there
    traced.at(vector);
    ++traced.page_faults;
    traced.at(address_of(Function::receive));
    traced.at(0x10005000);
    CHECK(traced.text() == "faultline-pages 1\n10000\n10000 c\nfault fetch\n10005\n");
}

TEST_CASE("what was written is read, and what is malformed is not") {
    const std::string text =
        "faultline-pages 1\n10000\nfault load\n10000 l 2abcd\n10000 s 1\nfault fetch\n1\n1 c\n";
    std::istringstream stream(text);
    const auto events = read_pages(stream);
    REQUIRE(events);
    REQUIRE(events->size() == 7);
    CHECK((*events)[2] == PageEvent{PageEvent::Kind::load, 0x10000, 0x2abcd});
    std::string again = std::string(page_trace_heading) + "\n";
    for (const auto& event : *events)
        again += to_line(event) + "\n";
    CHECK(again == text);
    for (const char* bad : {"", "faultline-pages 2\n", "faultline-pages 1\nx\n",
                            "faultline-pages 1\n1 q 2\n", "faultline-pages 1\n1 l\n",
                            "faultline-pages 1\nfault never\n", "faultline-pages 1\n1 l 2 3\n"}) {
        CAPTURE(bad);
        std::istringstream malformed(bad);
        CHECK_FALSE(read_pages(malformed));
    }
}
