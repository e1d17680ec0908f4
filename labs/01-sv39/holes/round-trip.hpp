// Task 1: here the tree holds leaf() and frame(), leaf() and flags(), table() and is_table()
// against each other, at compile time. Write such a static_assert of your own.
