static_cast<void>(page);
static_cast<void>(level);
return 0; // task 2: nine bits of page.number() for each level, level 0's are the lowest
