# Other kernels save less for a call; this one has no use for it.
