// Carries the precompiled header that all rooms share (flags.cmake).
