#include "app/tty/terminal.h"

#include <cerrno>
#include <fcntl.h>
#include <string>
#include <termios.h>
#include <unistd.h>

namespace cordon::tty {

crypto::SecretBytes secretLine(int descriptor)
{
    std::string line;
    line.reserve(256);
    char c = 0;
    while (line.size() < 256) {
        const ssize_t got = ::read(descriptor, &c, 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0 || c == '\n')
            break;
        line += c;
    }
    if (line.ends_with('\r'))
        line.pop_back();
    crypto::SecretBytes secret = crypto::SecretBytes::copyOf(line);
    crypto::wipe(line);
    return secret;
}

Terminal::Terminal()
    : m_descriptor(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY))
{}

Terminal::~Terminal()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

void Terminal::show(std::string_view text) const
{
    const int out = m_descriptor >= 0 ? m_descriptor : STDERR_FILENO;
    while (!text.empty()) {
        const ssize_t written = ::write(out, text.data(), text.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
}

crypto::SecretBytes Terminal::ask(std::string_view question, int descriptor, bool isHidden) const
{
    if (descriptor >= 0)
        return secretLine(descriptor);
    if (m_descriptor < 0)
        return {};
    termios before{};
    const bool isTerminal = ::tcgetattr(m_descriptor, &before) == 0;
    termios quiet = before;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    if (isHidden && isTerminal)
        ::tcsetattr(m_descriptor, TCSAFLUSH, &quiet);
    show(question); // whoever answers at once is not echoed any more
    crypto::SecretBytes answer = secretLine(m_descriptor);
    if (isHidden && isTerminal) {
        ::tcsetattr(m_descriptor, TCSAFLUSH, &before);
        show("\n");
    }
    return answer;
}

} // namespace cordon::tty
