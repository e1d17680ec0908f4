// echo, true, false, sleep, pwd.
// SPDX-License-Identifier: MIT
#include "tool.hpp"

#include "heap_list.hpp"

namespace tools {

int echo(os::Arguments arguments) {
    const bool end_line = arguments.size() < 2 || arguments[1] != "-n";
    os::Writer out(os::OUTPUT);
    std::string_view between;
    for (const std::string_view word : arguments.from(end_line ? 1 : 2)) {
        print(out, between, word);
        between = " ";
    }
    out.put(end_line ? "\n" : "");
    return finish(arguments, out);
}

int succeed(os::Arguments) { return DONE; }

int fail(os::Arguments) { return FAILED; }

// Seconds, also as 0.25: whole ones, and thousandths.
int sleep(os::Arguments arguments) {
    const std::string_view text = arguments[1];
    const std::size_t point = std::min(text.find('.'), text.size());
    const auto seconds = os::to_number(text.substr(0, point));
    std::uint64_t thousandths = 0;
    bool valid = seconds && *seconds <= 1'000'000 && !text.starts_with("0x");
    const std::string_view fraction = text.substr(std::min(point + 1, text.size()));
    for (std::size_t i = 0, unit = 100; i < fraction.size(); ++i, unit /= 10) {
        valid = valid && fraction[i] >= '0' && fraction[i] <= '9';
        thousandths += static_cast<std::uint64_t>(fraction[i] - '0') * unit;
    }
    if (!valid)
        return say_usage(arguments);
    const std::int64_t result =
        os::sleep((*seconds * 1000 + thousandths) * os::TICKS_PER_MILLISECOND);
    return result < 0 ? complain(arguments, text, result) : DONE;
}

// Name by name up to the root: a tree may be deeper than a path is long.
int pwd(os::Arguments arguments) {
    HeapList<os::NameText> names;
    for (;;) {
        os::NameText name;
        std::int64_t error = os::own_name(".", name);
        if (error == 0 && name.view().empty())
            break;
        if (error == 0)
            error = names.add(name) ? os::chdir("..") : -std::int64_t{abi::NO_MEMORY};
        if (error < 0)
            return complain(arguments, "the current directory", error);
    }
    os::Writer out(os::OUTPUT);
    if (names.all().empty())
        out.put("/");
    for (std::size_t i = names.all().size(); i != 0; --i)
        print(out, "/", names.all()[i - 1].view());
    out.put("\n");
    return finish(arguments, out);
}

} // namespace tools
