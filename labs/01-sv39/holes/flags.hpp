// A page of a program or server: valid, U, with RIGHTS. A and D are set, too: the access that
// asked for the page is about to set them, and an implementation may fault on clear ones
// (Svade).
static constexpr PteFlags user([[maybe_unused]] Rights rights) {
    return PteFlags(); // task 1: `of(rights)` has R, W and X where they belong
}
// The same for a page whose contents its backing still has: D is clear, until the machine sets
// it on the first store or, where it does not do that by itself, faults (Svade).
static constexpr PteFlags unwritten([[maybe_unused]] Rights rights) {
    return PteFlags(); // task 1
}
