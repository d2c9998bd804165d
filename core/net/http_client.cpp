#include "core/net/http_client.h"

#include <algorithm>
#include <cctype>
#include <curl/curl.h>
#include <mutex>

namespace cordon::net {
namespace {

/// What one call to libcurl reads and writes.
struct Transfer
{
    const HttpTrust& trust;
    const std::stop_token& stop;
    HttpReply reply;
    std::size_t headerBytes = 0;
    bool isTooLong = false;
};

struct ListFree
{
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, ListFree>;

std::size_t takeBody(char* bytes, std::size_t size, std::size_t count, void* into)
{
    auto& transfer = *static_cast<Transfer*>(into);
    if (size * count > transfer.trust.mostBody - transfer.reply.body.size()) {
        transfer.isTooLong = true;
        return 0; // fewer than given: libcurl gives up
    }
    transfer.reply.body.append(bytes, size * count);
    return size * count;
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0)
        text.remove_suffix(1);
    return text;
}

std::size_t takeHeader(char* bytes, std::size_t size, std::size_t count, void* into)
{
    auto& transfer = *static_cast<Transfer*>(into);
    const std::string_view line(bytes, size * count);
    transfer.headerBytes += line.size();
    if (transfer.headerBytes > transfer.trust.mostHeaders) {
        transfer.isTooLong = true;
        return 0;
    }
    if (line.starts_with("HTTP/")) {
        transfer.reply.headers.clear(); // an interim answer (100) came before
    } else if (const auto colon = line.find(':'); colon != std::string_view::npos) {
        std::string name(line.substr(0, colon));
        std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
        transfer.reply.headers.push_back({std::move(name), std::string(trimmed(line.substr(colon + 1)))});
    }
    return line.size();
}

int lookForStop(void* from, curl_off_t, curl_off_t, curl_off_t, curl_off_t)
{
    return static_cast<Transfer*>(from)->stop.stop_requested() ? 1 : 0;
}

bool isPlain(std::string_view text)
{
    return std::none_of(text.begin(), text.end(),
                        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

bool isToken(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '-' || c == '_';
    });
}

/// Without TLS only this machine is spoken to: nothing on the way can listen.
bool isOwnMachine(std::string_view url)
{
    for (const std::string_view host : {"http://127.0.0.1", "http://[::1]", "http://localhost"}) {
        if (url.starts_with(host) && (url.size() == host.size() || url[host.size()] == ':' || url[host.size()] == '/'))
            return true;
    }
    return false;
}

Result<void> check(const HttpRequest& request, bool acceptsPlain)
{
    if (!isToken(request.method) || !isPlain(request.url))
        return fail(ErrorCode::Invalid, "http: a method or address that cannot be sent");
    const bool isPlainAllowed = acceptsPlain && request.url.starts_with("http://");
    if (!request.url.starts_with("https://") && !isPlainAllowed && !isOwnMachine(request.url))
        return fail(ErrorCode::Invalid, "http: only https is spoken beyond this machine");
    const auto authority = request.url.substr(0, request.url.find_first_of("/?#", request.url.find("://") + 3));
    if (authority.find('@') != std::string::npos)
        return fail(ErrorCode::Invalid, "http: an address does not carry credentials");
    for (const HttpHeader& header : request.headers) {
        if (!isToken(header.name) || !isPlain(header.value))
            return fail(ErrorCode::Invalid, "http: a header that cannot be sent");
    }
    return {};
}

/// The part of an address that an error may name: queries can hold secrets.
std::string placeOf(const HttpRequest& request)
{
    return request.method + ' ' + request.url.substr(0, request.url.find('?'));
}

Error failureOf(CURLcode code, CURL* handle, const Transfer& transfer, const HttpRequest& request, const char* detail)
{
    const std::string place = placeOf(request);
    curl_off_t sent = 0;
    long headerSent = 0;
    curl_easy_getinfo(handle, CURLINFO_SIZE_UPLOAD_T, &sent);
    curl_easy_getinfo(handle, CURLINFO_REQUEST_SIZE, &headerSent);
    const bool isNothingSent = sent == 0 && headerSent == 0;
    const std::string why = detail[0] != '\0' ? detail : curl_easy_strerror(code);
    switch (code) {
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL: return {ErrorCode::Invalid, place + ": " + why};
    case CURLE_COULDNT_RESOLVE_HOST: return {ErrorCode::NotFound, place + ": " + why};
    case CURLE_COULDNT_CONNECT: return {ErrorCode::Denied, place + ": " + why};
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CONNECT_ERROR: return {isNothingSent ? ErrorCode::Untrusted : ErrorCode::Io, place + ": " + why};
    case CURLE_OPERATION_TIMEDOUT:
        return isNothingSent ? Error{ErrorCode::Denied, place + ": no connection in time"}
                             : Error{ErrorCode::TimedOut, place + ": no answer in time"};
    case CURLE_ABORTED_BY_CALLBACK:
        return {isNothingSent ? ErrorCode::Cancelled : ErrorCode::TimedOut, place + ": asked to stop"};
    default: break;
    }
    if (transfer.isTooLong)
        return {ErrorCode::Io, place + ": the answer is too long"};
    return {ErrorCode::Io, place + ": " + why};
}

} // namespace

struct HttpClient::State
{
    HttpTrust trust;
    CURL* handle = nullptr;
    char problem[CURL_ERROR_SIZE] = {};

    ~State()
    {
        if (handle)
            curl_easy_cleanup(handle);
    }
};

HttpClient::HttpClient(std::unique_ptr<State> state) : m_state(std::move(state)) {}
HttpClient::HttpClient(HttpClient&&) noexcept = default;
HttpClient& HttpClient::operator=(HttpClient&&) noexcept = default;
HttpClient::~HttpClient() = default;

Result<HttpClient> HttpClient::make(HttpTrust trust)
{
    static std::once_flag once;
    static CURLcode ready = CURLE_FAILED_INIT;
    std::call_once(once, [] { ready = curl_global_init(CURL_GLOBAL_DEFAULT); });
    auto state = std::make_unique<State>();
    state->trust = std::move(trust);
    state->handle = ready == CURLE_OK ? curl_easy_init() : nullptr;
    if (!state->handle)
        return fail(ErrorCode::Internal, "http: libcurl cannot be made ready");
    return HttpClient(std::move(state));
}

Result<HttpReply> HttpClient::send(const HttpRequest& request, const std::stop_token& stop)
{
    CORDON_CHECK(check(request, m_state->trust.acceptsPlain));
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled, placeOf(request) + ": asked to stop before the call");
    CURL* const handle = m_state->handle;
    const HttpTrust& trust = m_state->trust;
    Transfer transfer{trust, stop, {}};
    m_state->problem[0] = '\0';

    curl_slist* lines = nullptr;
    for (const HttpHeader& header : request.headers) {
        // An empty value is sent as such only in this spelling.
        const std::string line = header.value.empty() ? header.name + ';' : header.name + ": " + header.value;
        lines = curl_slist_append(lines, line.c_str());
    }
    lines = curl_slist_append(lines, "Expect:"); // no pause before a body
    const HeaderList headers(lines);

    curl_easy_reset(handle); // keeps the connection
    curl_easy_setopt(handle, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(handle, CURLOPT_PROXY, "");
    curl_easy_setopt(handle, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    curl_easy_setopt(handle, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_FRESH_CONNECT, request.onceOnly ? 1L : 0L);
    curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 2L);
    if (!trust.authorities.empty()) {
        curl_easy_setopt(handle, CURLOPT_CAINFO, trust.authorities.c_str());
        curl_easy_setopt(handle, CURLOPT_CAPATH, nullptr);
    }
    if (!trust.clientCertificate.empty()) {
        curl_easy_setopt(handle, CURLOPT_SSLCERT, trust.clientCertificate.c_str());
        curl_easy_setopt(handle, CURLOPT_SSLKEY, trust.clientKey.c_str());
    }
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeLimit.count()));
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.timeLimit.count()));
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, m_state->problem);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, takeBody);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &transfer);
    curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, takeHeader);
    curl_easy_setopt(handle, CURLOPT_HEADERDATA, &transfer);
    curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, lookForStop);
    curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &transfer);
    if (request.method == "HEAD") {
        curl_easy_setopt(handle, CURLOPT_NOBODY, 1L);
    } else if (!request.body.empty() || request.method == "POST" || request.method == "PUT" || request.method == "PATCH") {
        curl_easy_setopt(handle, CURLOPT_POST, 1L);
        curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body.data());
        curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    }
    if (request.method != "HEAD")
        curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, request.method.c_str());

    const CURLcode code = curl_easy_perform(handle);
    if (code != CURLE_OK)
        return fail(failureOf(code, handle, transfer, request, m_state->problem));
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    transfer.reply.status = static_cast<int>(status);
    return std::move(transfer.reply);
}

const std::string& HttpReply::header(std::string_view name) const
{
    static const std::string none;
    const auto found =
        std::find_if(headers.begin(), headers.end(), [name](const HttpHeader& header) { return header.name == name; });
    return found == headers.end() ? none : found->value;
}

std::string percentEncoded(std::string_view text, bool keepsSlash)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool isKept = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
                            c == '-' || c == '.' || c == '_' || c == '~' || (keepsSlash && c == '/');
        if (isKept) {
            encoded += c;
            continue;
        }
        encoded += '%';
        encoded += digits[byte >> 4U];
        encoded += digits[byte & 0x0fU];
    }
    return encoded;
}

} // namespace cordon::net
