// A page of a program or server: valid, U, with RIGHTS. A and D are set, too: the access that
// asked for the page is about to set them, and an implementation may fault on clear ones (Svade).
static constexpr PteFlags user([[maybe_unused]] Rights rights) {
    return PteFlags(); // task 1: `of(rights)` has R, W and X where they belong
}
// The same for a page whose contents its backing still has: D is clear, until the machine sets
// it on the first store or, where it does not do that by itself, faults (Svade).
static constexpr PteFlags unwritten([[maybe_unused]] Rights rights) {
    return PteFlags(); // task 1
}
// A page that a program gets for ACCESS, as the machine itself would leave it then.
static constexpr PteFlags used(Rights rights, Access access) {
    return unwritten(rights).after(access);
}
// A page of the kernel, in every address space (G), never U. Nobody looks at its A and D, so they
// are set from the start.
static constexpr PteFlags kernel([[maybe_unused]] Rights rights) {
    return PteFlags(); // task 1
}
