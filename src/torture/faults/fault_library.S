// The bytes of the library of faults (fault_library.h); cmake/faults.cmake says which file.
    .section .rodata
    .global hubbub_fault_library
    .global hubbub_fault_library_end
hubbub_fault_library:
    .incbin HUBBUB_FAULT_LIBRARY
hubbub_fault_library_end:
    .section .note.GNU-stack,"",@progbits
