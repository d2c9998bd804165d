// One connector to a real system, in a process of its own. Started by the console with nothing but a socket as its standard
// input; confined before it reads anything. See docs/formats/connectors.md.
#include "core/connectors/connector_server.h"
#include "core/connectors/providers.h"
#include "core/sandbox/sandbox.h"

#include <sys/socket.h>
#include <unistd.h>

using namespace cordon;

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
