// An entry that translates: to FRAME, with FLAGS.
static constexpr Pte leaf([[maybe_unused]] Frame frame, [[maybe_unused]] PteFlags flags) {
    return Pte(); // task 1: Pte(64 bits) makes one; frame.number(), flags.raw()
}
// An entry that points to the table of the next level, which lies in FRAME: V, no other flag.
static constexpr Pte table([[maybe_unused]] Frame frame) {
    return Pte(); // task 1
}
