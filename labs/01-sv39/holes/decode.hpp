// Task 1: what raw_ says. Any 64 bits may stand there: bits 63..54 are not the frame's.
constexpr bool is_valid() const { return false; }
// Any of R, W, X: it translates. V is not looked at.
constexpr bool is_leaf() const { return false; }
// Valid, and points to a table of the next level: V without R, W, X.
constexpr bool is_table() const { return false; }
constexpr Frame frame() const { return Frame(0); }
constexpr PteFlags flags() const { return PteFlags(); }
