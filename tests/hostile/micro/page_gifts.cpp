// Pagers that answer a fault with what they must not, or cannot, give.
// SPDX-License-Identifier: MIT
//
// Each is one behaviour; the linker says which (../CMakeLists.txt). The kernel refuses all of them
// with words and ends the program; nothing reaches the program's space.
#include "pager.hpp"

using namespace hostile;

namespace {

// A page of the pager's own code: it may read and execute it, not write it.
std::uint64_t own_code() { return page_of(SERVER_SLOTS); }

} // namespace

extern "C" {

// The one that keeps the rules, to see that the others fail for what they do.
void serves_well(const Window& window) {
    Frames frames(window);
    serve([&](const Request& request) { return gift(frames.take(), READ | WRITE, request); });
}

// Keeps them too: a page to read, and for the store another one, which takes its place.
void replaces_its_gift(const Window& window) {
    Frames frames(window);
    serve([&](const Request& request) {
        const std::uint64_t page = frames.take();
        *reinterpret_cast<volatile std::uint64_t*>(page) = page;
        return gift(page, page == window.start ? READ : READ | WRITE, request);
    });
}

void gives_a_page_it_has_not(const Window&) {
    serve([](const Request& request) { return gift(0x30000000, READ, request); });
}
void gives_a_page_of_the_kernel(const Window&) {
    serve([](const Request& request) { return gift(KERNEL_OFFSET + KERNEL_LOAD, READ, request); });
}
// An address whose lower bits are those of a page that it has.
void gives_an_alias(const Window& window) {
    serve([&](const Request& request) { return gift(window.start | 1ULL << 39, READ, request); });
}
void gives_more_rights(const Window&) {
    serve([](const Request& request) { return gift(own_code(), READ | WRITE, request); });
}
void gives_no_rights(const Window& window) {
    serve([&](const Request& request) { return gift(window.start, 0, request); });
}
void gives_write_alone(const Window& window) {
    serve([&](const Request& request) { return gift(window.start, WRITE, request); });
}
void gives_with_reserved_bits(const Window& window) {
    serve([&](const Request& request) { return gift(window.start | 8, READ | WRITE, request); });
}

// To a page that did not fault.
void gives_elsewhere(const Window& window) {
    serve([&](const Request& request) {
        return Reply{0, window.start | READ | WRITE, page_of(request.address) + PAGE_SIZE};
    });
}
void gives_unaligned(const Window& window) {
    serve([&](const Request& request) {
        return Reply{0, window.start | READ | WRITE, page_of(request.address) + 8};
    });
}
void gives_to_the_kernel_half(const Window& window) {
    serve([&](const Request&) {
        return Reply{0, window.start | READ | WRITE, KERNEL_OFFSET + KERNEL_LOAD};
    });
}

// Its own page, but of no use to one who stores.
void gives_read_only(const Window& window) {
    serve([&](const Request& request) { return gift(window.start, READ, request); });
}

} // extern "C"
