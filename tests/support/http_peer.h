#pragma once

#include <arpa/inet.h>
#include <atomic>
#include <csignal>
#include <functional>
#include <mutex>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <string>
#include <strings.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace cordon::test {

/// What a peer was asked.
struct PeerRequest
{
    std::string method;
    std::string target; ///< path and query, as sent
    std::vector<std::pair<std::string, std::string>> headers; ///< as sent
    std::string body;

    [[nodiscard]] std::string header(const std::string& name) const
    {
        for (const auto& [key, value] : headers) {
            if (strcasecmp(key.c_str(), name.c_str()) == 0)
                return value;
        }
        return {};
    }
    [[nodiscard]] std::string path() const { return target.substr(0, target.find('?')); }
    [[nodiscard]] std::string query() const
    {
        const auto mark = target.find('?');
        return mark == std::string::npos ? std::string() : target.substr(mark + 1);
    }
};

/// What it answers. `raw` is sent as it is in place of everything else; `hangs` sends nothing until the peer ends.
struct PeerReply
{
    int status = 200;
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string raw;
    bool hangs = false;
    bool closes = false; ///< the connection breaks without an answer
};

/// A small HTTP/1.1 server on 127.0.0.1 with a port of its own, one connection at a time, TLS when a context is given.
class HttpPeer
{
public:
    using Answer = std::function<PeerReply(const PeerRequest&)>;

    explicit HttpPeer(Answer answer, SSL_CTX* tls = nullptr)
        : m_answer(std::move(answer))
        , m_tls(tls)
    {
        ::signal(SIGPIPE, SIG_IGN); // a client that went away is no reason to end
        m_listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (::bind(m_listening, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(m_listening, 16) != 0 ||
            ::getsockname(m_listening, reinterpret_cast<sockaddr*>(&address), &size) != 0)
            return;
        m_port = ntohs(address.sin_port);
        m_thread = std::jthread([this](const std::stop_token& stop) { serve(stop); });
    }
    HttpPeer(const HttpPeer&) = delete;
    HttpPeer& operator=(const HttpPeer&) = delete;
    ~HttpPeer()
    {
        m_thread.request_stop();
        if (m_thread.joinable())
            m_thread.join();
        ::close(m_listening);
    }

    [[nodiscard]] int port() const { return m_port; }
    [[nodiscard]] std::string url(const std::string& path = {}) const
    {
        return (m_tls ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(m_port) + path;
    }
    /// What was asked so far.
    [[nodiscard]] std::vector<PeerRequest> requests() const
    {
        const std::lock_guard lock(m_mutex);
        return m_requests;
    }

private:
    class Connection
    {
    public:
        Connection(int socket, SSL_CTX* tls)
            : m_socket(socket)
            , m_tls(tls ? SSL_new(tls) : nullptr)
        {
            if (m_tls) {
                SSL_set_fd(m_tls, m_socket);
                m_isOpen = SSL_accept(m_tls) == 1;
            }
        }
        Connection(const Connection&) = delete;
        Connection& operator=(const Connection&) = delete;
        ~Connection()
        {
            if (m_tls)
                SSL_free(m_tls);
            ::close(m_socket);
        }
        [[nodiscard]] bool isOpen() const { return m_isOpen; }
        [[nodiscard]] bool hasPending() const { return m_tls && SSL_pending(m_tls) > 0; }
        [[nodiscard]] int socket() const { return m_socket; }
        long read(char* into, int size)
        {
            return m_tls ? SSL_read(m_tls, into, size) : ::recv(m_socket, into, static_cast<std::size_t>(size), 0);
        }
        void write(const std::string& text)
        {
            std::size_t at = 0;
            while (at < text.size()) {
                const long count = m_tls ? SSL_write(m_tls, text.data() + at, static_cast<int>(text.size() - at))
                                         : ::send(m_socket, text.data() + at, text.size() - at, MSG_NOSIGNAL);
                if (count <= 0)
                    return;
                at += static_cast<std::size_t>(count);
            }
        }

    private:
        int m_socket;
        SSL* m_tls;
        bool m_isOpen = true;
    };

    static bool isReadable(int socket, const std::stop_token& stop)
    {
        while (!stop.stop_requested()) {
            pollfd waiting{socket, POLLIN, 0};
            if (::poll(&waiting, 1, 20) > 0)
                return true;
        }
        return false;
    }

    void serve(const std::stop_token& stop)
    {
        std::vector<std::jthread> connections;
        while (isReadable(m_listening, stop)) {
            const int socket = ::accept4(m_listening, nullptr, nullptr, SOCK_CLOEXEC);
            if (socket >= 0)
                connections.emplace_back([this, socket](const std::stop_token& ending) { talk(socket, ending); });
        }
        for (std::jthread& connection : connections)
            connection.request_stop();
    }

    void talk(int socket, const std::stop_token& stop)
    {
        Connection connection(socket, m_tls);
        std::string buffer;
        while (connection.isOpen()) {
            PeerRequest request;
            if (!readRequest(connection, buffer, request, stop))
                return;
            {
                const std::lock_guard lock(m_mutex);
                m_requests.push_back(request);
            }
            const PeerReply reply = m_answer(request);
            if (reply.hangs) {
                while (!stop.stop_requested())
                    ::poll(nullptr, 0, 10);
                return;
            }
            if (reply.closes)
                return;
            if (!reply.raw.empty()) {
                connection.write(reply.raw);
                return;
            }
            std::string text = "HTTP/1.1 " + std::to_string(reply.status) + " Answer\r\n";
            for (const auto& [name, value] : reply.headers)
                text += name + ": " + value + "\r\n";
            text += "Content-Length: " + std::to_string(reply.body.size()) + "\r\n\r\n";
            connection.write(request.method == "HEAD" ? text : text + reply.body);
        }
    }

    static bool readMore(Connection& connection, std::string& buffer, const std::stop_token& stop)
    {
        if (!connection.hasPending() && !isReadable(connection.socket(), stop))
            return false;
        char bytes[4096];
        const long count = connection.read(bytes, sizeof bytes);
        if (count <= 0)
            return false;
        buffer.append(bytes, static_cast<std::size_t>(count));
        return true;
    }

    static bool readRequest(Connection& connection, std::string& buffer, PeerRequest& request, const std::stop_token& stop)
    {
        std::size_t end = 0;
        while ((end = buffer.find("\r\n\r\n")) == std::string::npos) {
            if (!readMore(connection, buffer, stop))
                return false;
        }
        std::size_t lineEnd = buffer.find("\r\n");
        const std::string first = buffer.substr(0, lineEnd);
        request.method = first.substr(0, first.find(' '));
        request.target = first.substr(request.method.size() + 1, first.rfind(' ') - request.method.size() - 1);
        while (lineEnd < end) {
            const std::size_t next = buffer.find("\r\n", lineEnd + 2);
            const std::string line = buffer.substr(lineEnd + 2, next - lineEnd - 2);
            const std::size_t colon = line.find(':');
            std::size_t value = colon + 1;
            while (value < line.size() && line[value] == ' ')
                ++value;
            request.headers.emplace_back(line.substr(0, colon), line.substr(value));
            lineEnd = next;
        }
        const std::string length = request.header("Content-Length");
        const std::size_t size = length.empty() ? 0 : std::stoul(length);
        while (buffer.size() < end + 4 + size) {
            if (!readMore(connection, buffer, stop))
                return false;
        }
        request.body = buffer.substr(end + 4, size);
        buffer.erase(0, end + 4 + size);
        return true;
    }

    Answer m_answer;
    SSL_CTX* m_tls;
    int m_listening = -1;
    int m_port = 0;
    mutable std::mutex m_mutex;
    std::vector<PeerRequest> m_requests; ///< guarded
    std::jthread m_thread;
};

} // namespace cordon::test
