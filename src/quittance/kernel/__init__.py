"""Computing, for every country: pure, without Django, network or clock."""
