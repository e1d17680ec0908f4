// Quotes and $-words.
// SPDX-License-Identifier: MIT
#include "expand.hpp"

#include "lib/print.hpp"

namespace sh {

namespace {

// There are no other variables: any other $ is itself.
bool is_variable(char name) { return name == '?' || name == '$'; }

} // namespace

Result<void> Expansion::put(char byte) {
    if (used_ == bytes_.size())
        return std::unexpected(Error::too_large);
    bytes_[used_++] = byte;
    return {};
}

Result<void> Expansion::put_number(std::int64_t number) {
    struct Digits {
        Expansion& expansion;
        Result<void> result;
        void put(std::string_view text) {
            for (const char byte : text)
                if (result)
                    result = expansion.put(byte);
        }
    } digits{*this, {}};
    print(digits, number);
    return digits.result;
}

Result<void> Expansion::put_variable(char name, const Values& values) {
    return put_number(name == '?' ? values.status : values.process);
}

Result<std::string_view> Expansion::expand(std::string_view word, const Values& values) {
    const std::size_t start = used_;
    char quote = '\0';
    for (std::size_t i = 0; i < word.size(); ++i) {
        const char byte = word[i];
        const bool another_follows = i + 1 < word.size();
        if (quote == '\0' && (byte == '\'' || byte == '"'))
            quote = byte;
        else if (quote != '\0' && byte == quote)
            quote = '\0';
        else if (byte == '\\' && quote != '\'' && another_follows)
            TRY(put(word[++i]));
        else if (byte == '$' && quote != '\'' && another_follows && is_variable(word[i + 1]))
            TRY(put_variable(word[++i], values));
        else
            TRY(put(byte));
    }
    return std::string_view(bytes_.data() + start, used_ - start);
}

} // namespace sh
