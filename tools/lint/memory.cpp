// What was found clean is remembered, by all that the finding depends on.
// SPDX-License-Identifier: MIT
#include "memory.hpp"

#include "text.hpp"

#include <algorithm>
#include <array>

namespace lint {

void Hash::add(std::string_view text) {
    constexpr std::uint64_t prime = 0x100000001b3;
    const auto take = [&](unsigned char byte) { state_ = (state_ ^ byte) * prime; };
    for (auto length = text.size(); length != 0; length >>= 8)
        take(static_cast<unsigned char>(length));
    take(0);
    for (const char c : text)
        take(static_cast<unsigned char>(c));
}

std::string Hash::words() const { return faultline::hex(state_); }

Memory::Keys Memory::read(const std::filesystem::path& file) {
    Keys keys;
    if (file.empty() || !std::filesystem::exists(file))
        return keys;
    for (const auto& line : faultline::lines_of(faultline::read_file(file))) {
        const auto blank = line.find(' ');
        if (blank != line.npos)
            keys[line.substr(blank + 1)] = line.substr(0, blank);
    }
    return keys;
}

Memory::Memory(std::filesystem::path file, const std::filesystem::path& record,
               std::filesystem::path top)
    : file_(std::move(file)), top_(std::move(top)), own_(read(file_)), recorded_(read(record)) {}

std::string Memory::name_of(const std::filesystem::path& source) const {
    return source.lexically_relative(top_).string();
}

bool Memory::is_clean(const std::filesystem::path& source, const std::string& key) const {
    return !key.empty() &&
           std::ranges::any_of(std::array{&own_, &recorded_, &now_}, [&](const Keys* keys) {
               const auto known = keys->find(name_of(source));
               return known != keys->end() && known->second == key;
           });
}

void Memory::clean(const std::filesystem::path& source, const std::string& key) {
    if (!key.empty())
        now_[name_of(source)] = key;
}

void Memory::save() const {
    if (file_.empty())
        return;
    std::string text;
    for (const auto& [source, key] : now_)
        text.append(key).append(1, ' ').append(source).append(1, '\n');
    std::filesystem::create_directories(file_.parent_path());
    faultline::replace_file(file_, text);
}

const std::optional<std::string>& Contents::of(const std::filesystem::path& file) {
    const auto [at, is_new] = known_.try_emplace(file);
    if (is_new && std::filesystem::is_regular_file(file)) {
        Hash hash;
        hash.add(faultline::read_file(file));
        at->second = hash.words();
    }
    return at->second;
}

} // namespace lint
