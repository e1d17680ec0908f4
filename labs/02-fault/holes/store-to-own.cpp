// Task 5. So far a store always goes to the frame that is there. When others use that
// frame, too, the supply is a copy of it, and resolution_.source names it.
resolution_.supply = Supply::reuse;
