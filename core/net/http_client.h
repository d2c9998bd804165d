#pragma once

#include "core/base/result.h"
#include "core/crypto/secret_bytes.h"

#include <chrono>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::net {

/// A name and a value, as sent or received. Received names are lower case.
struct HttpHeader
{
    std::string name;
    std::string value;
};

/// One question to one server.
struct HttpRequest
{
    std::string method = "GET"; ///< letters only, such as PATCH
    std::string url;            ///< https://…; http://… to this machine only (127.0.0.1, [::1], localhost), unless trusted so
    std::vector<HttpHeader> headers;
    std::string body;
    std::chrono::milliseconds timeLimit{10'000}; ///< from the look-up of the name to the last byte
    bool onceOnly = false; ///< on a connection of its own: what is sent on one that was kept and turns out broken is sent again by libcurl
};

struct HttpReply
{
    int status = 0; ///< 100 to 599
    std::vector<HttpHeader> headers;
    std::string body;

    /// The first header of that lower-case name, or "".
    [[nodiscard]] const std::string& header(std::string_view name) const;
};

/// How servers are known and how much they may say.
struct HttpTrust
{
    std::string authorities;       ///< PEM file of the authorities to believe; "" = those of the system
    std::string clientCertificate; ///< PEM file, "" = none
    std::string clientKey;         ///< PEM file of its key
    std::size_t mostBody = 8U << 20U;
    std::size_t mostHeaders = 256U << 10U;
    bool acceptsPlain = false; ///< http beyond this machine too, for answers that are signed themselves
};

/// Asks servers over HTTP by libcurl: TLS 1.2 or newer with the name checked, no proxy of the environment, no cookies, no
/// redirect followed, no credential of a .netrc, one connection kept per client. Belongs to one thread.
/// Errors: ErrorCode::Invalid the request cannot be sent as it is (nothing was sent), NotFound no such server name (nothing was
/// sent), Untrusted the server's certificate does not hold (nothing was sent), Denied it does not take connections (nothing was
/// sent), TimedOut no answer in time, Cancelled `stop` was asked for before anything was sent, Io the connection broke or the
/// answer is too long: nobody knows what the server did.
class HttpClient
{
public:
    /// ErrorCode::Internal when libcurl cannot be made ready.
    [[nodiscard]] static Result<HttpClient> make(HttpTrust trust = {});
    HttpClient(HttpClient&&) noexcept;
    HttpClient& operator=(HttpClient&&) noexcept;
    ~HttpClient();

    /// An answer with any status is no error: what 403 means is the caller's to say.
    [[nodiscard]] Result<HttpReply> send(const HttpRequest& request, const std::stop_token& stop = {});

private:
    struct State;
    explicit HttpClient(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// RFC 3986: all but letters, digits and -._~ as %XX with capital digits; `keepsSlash` leaves / alone.
[[nodiscard]] std::string percentEncoded(std::string_view text, bool keepsSlash = false);

} // namespace cordon::net
