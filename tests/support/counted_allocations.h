#pragma once

#include <atomic>
#include <cstdlib>
#include <new>

// Counts what a test program takes from the heap. These definitions replace the program's own, so exactly one source
// file of a program may include this.
namespace cordon::test {
inline std::atomic<std::size_t> allocations{0};
}

void* operator new(std::size_t size)
{
    ++cordon::test::allocations;
    if (void* memory = std::malloc(size))
        return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept
{
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept
{
    std::free(memory);
}
