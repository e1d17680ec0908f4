// Who goes if there is none is what task 1 asks. ring() makes the kernel take the oldest by
// itself.
