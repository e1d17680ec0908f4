static_cast<void>(rights);
return false; // task 5: two kinds of rights have none
