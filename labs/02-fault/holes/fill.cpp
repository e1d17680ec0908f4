// Task 3. What goes into the frame follows from the resolution's supply: zeroes (zero_page, and
// frames.bytes(frame) are the bytes of one), or what memory.fill() puts there. When that fails,
// let translations.settle() and give its error back. Else one more fault of that supply is
// counted, in counters_.faults, which is indexed by supply.
static_cast<void>(memory);
return {};
