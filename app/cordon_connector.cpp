// One connector to a real system, in a process of its own. Started by the console with nothing but a socket as its standard
// input; confined before it reads anything. See docs/formats/connectors.md.
#include "core/connectors/connector_server.h"
#include "core/connectors/providers.h"
#include "core/sandbox/sandbox.h"

#include <cstdlib>
#include <cstring>
#include <malloc.h>
#include <new>
#include <sys/socket.h>
#include <unistd.h>

using namespace cordon;

/// INVARIANT: what this process gives back of its memory says nothing of the credential that it was handed, in whatever text a part of it was.
static void giveBack(void* memory)
{
    if (memory)
        ::explicit_bzero(memory, ::malloc_usable_size(memory));
    std::free(memory);
}

void operator delete(void* memory) noexcept
{
    giveBack(memory);
}
void operator delete[](void* memory) noexcept
{
    giveBack(memory);
}
void operator delete(void* memory, std::size_t) noexcept
{
    giveBack(memory);
}
void operator delete[](void* memory, std::size_t) noexcept
{
    giveBack(memory);
}

int main()
{
    int kind = 0;
    socklen_t size = sizeof kind;
    if (::getsockopt(STDIN_FILENO, SOL_SOCKET, SO_TYPE, &kind, &size) != 0 || kind != SOCK_STREAM)
        return 64; // nobody starts this by hand
    if (!sandbox::confine())
        return 70;
    connectors::ConnectorServer server(platform::MessageSocket(STDIN_FILENO), connectors::makeProvider);
    return server.run() ? 0 : 1;
}
