// Task 1: where the frame's number begins, and how many bits it has, are two good constants.
