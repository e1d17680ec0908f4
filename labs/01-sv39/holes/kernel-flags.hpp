// A page of the kernel, in every address space (G), never U. Nobody looks at its A and D, so
// they are set from the start.
static constexpr PteFlags kernel([[maybe_unused]] Rights rights) {
    return PteFlags(); // task 1
}
