static_cast<void>(rights);
return *this; // task 5: RIGHTS in the place of the old ones; what else stands there stays
