// Refused: uninitialised@12,20,21,28,29,32,35,43,50,52,63,75: members and bases before their time.
// SPDX-License-Identifier: MIT
#include <array>
#include <cstdint>
#include <span>

namespace vm {

// Declared later, so it has no value yet.
class Late {
public:
    Late() : first_(second_.first(1)) {}

private:
    std::span<int> first_{};
    std::span<int> second_{};
};

struct Defaults {
    std::span<int> first = second;
    int number = count();
    std::span<int> second{};
    int count() const { return static_cast<int>(second.size()); }
};

class Captures {
public:
    Captures() : size_([this] { return view_.size(); }()) {}
    explicit Captures(int) : size_(size_of(*this)) {}
    static std::size_t size_of(const Captures& captures) { return captures.view_.size(); }
    // In a lambda that takes all it names.
    explicit Captures(bool) : size_([&] { return view_.size(); }()) {}

private:
    explicit Captures(char) : size_(count()) {}
    std::size_t count() const { return view_.size(); }
    std::size_t size_ = 0;
    std::span<int> view_{};
};

class Escapes {
public:
    Escapes(Escapes& other) { other.take(*this); }
    void take(const Escapes& other) { number_ = other.number_; }

private:
    int number_ = 0;
};
struct Derived : Escapes {
    explicit Derived(int) : Escapes(self(inner)) {}
    static Escapes& self(Escapes& escapes) { return escapes; }
    Escapes inner{*this};
};

// Members of class type, too.
struct Numbers {
    std::uint64_t one;
    std::array<int, 4> all;
};
class Holds {
public:
    explicit Holds(int) {}
    Numbers numbers;
    Numbers given{};
};
template <class T>
struct Box {
    T value;
};
class Boxed {
public:
    Boxed() {}

private:
    Box<std::array<std::uint64_t, 2>> box_;
    std::span<int> view_;
};

} // namespace vm
