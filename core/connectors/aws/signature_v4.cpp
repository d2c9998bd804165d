#include "core/connectors/aws/signature_v4.h"

#include "core/crypto/hmac.h"
#include "core/crypto/sha256.h"

#include <algorithm>

namespace cordon::connectors::aws {
namespace {

/// `20260102T030405Z`
std::string basicTime(Timestamp now)
{
    std::string text = now.toString().substr(0, 19);
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text + 'Z';
}

struct Address
{
    std::string host;
    std::string path;
    std::string query;
};

Result<Address> addressOf(const std::string& url)
{
    const auto scheme = url.find("://");
    if (scheme == std::string::npos)
        return fail(ErrorCode::Invalid, "signature: an address without host");
    const auto host = scheme + 3;
    const auto path = url.find_first_of("/?", host);
    const auto query = url.find('?', host);
    Address address;
    address.host = url.substr(host, path - host);
    if (path != std::string::npos && url[path] == '/')
        address.path = url.substr(path, query == std::string::npos ? query : query - path);
    if (query != std::string::npos)
        address.query = url.substr(query + 1);
    if (address.host.empty())
        return fail(ErrorCode::Invalid, "signature: an address without host");
    if (address.path.empty())
        address.path = "/";
    return address;
}

/// Parameters in the order of their encoded bytes; one without a value gets an empty one.
std::string canonicalQuery(const std::string& query)
{
    std::vector<std::string> parts;
    for (std::size_t at = 0; at < query.size();) {
        const std::size_t end = std::min(query.find('&', at), query.size());
        std::string part = query.substr(at, end - at);
        if (!part.empty())
            parts.push_back(part.find('=') == std::string::npos ? part + '=' : std::move(part));
        at = end + 1;
    }
    std::sort(parts.begin(), parts.end());
    std::string joined;
    for (const std::string& part : parts)
        joined += (joined.empty() ? "" : "&") + part;
    return joined;
}

/// Outer spaces gone, inner runs of them one.
std::string trimmed(const std::string& value)
{
    std::string text;
    for (const char c : value) {
        if (c != ' ' || (!text.empty() && text.back() != ' '))
            text += c;
    }
    while (!text.empty() && text.back() == ' ')
        text.pop_back();
    return text;
}

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
    return text;
}

} // namespace

Result<void> sign(net::HttpRequest& request, const Keys& keys, const std::string& region, const std::string& service,
                  Timestamp now)
{
    CORDON_TRY(const Address address, addressOf(request.url));
    const std::string time = basicTime(now);
    const std::string day = time.substr(0, 8);
    request.headers.push_back({"host", address.host});
    request.headers.push_back({"x-amz-date", time});
    if (!keys.sessionToken.empty())
        request.headers.push_back({"x-amz-security-token", keys.sessionToken});

    std::vector<net::HttpHeader> headers = request.headers;
    for (net::HttpHeader& header : headers)
        header.name = lower(header.name);
    std::stable_sort(headers.begin(), headers.end(),
                     [](const net::HttpHeader& a, const net::HttpHeader& b) { return a.name < b.name; });
    std::string names;
    std::string lines;
    for (const net::HttpHeader& header : headers) {
        names += (names.empty() ? "" : ";") + header.name;
        lines += header.name + ':' + trimmed(header.value) + '\n';
    }
    // The path is encoded once more, as all services but S3 want it.
    const std::string canonical = request.method + '\n' + net::percentEncoded(address.path, true) + '\n' +
                                  canonicalQuery(address.query) + '\n' + lines + '\n' + names + '\n' +
                                  crypto::sha256(request.body).hex();
    const std::string scope = day + '/' + region + '/' + service + "/aws4_request";
    const std::string toSign = "AWS4-HMAC-SHA256\n" + time + '\n' + scope + '\n' + crypto::sha256(canonical).hex();

    std::string seed = "AWS4" + std::string(keys.secret.text());
    Digest key = crypto::hmacSha256(bytesOf(seed), day);
    crypto::wipe(seed);
    for (const std::string& part : {region, service, std::string("aws4_request")})
        key = crypto::hmacSha256(key.bytes, part);
    const Digest signature = crypto::hmacSha256(key.bytes, toSign);
    request.headers.push_back({"authorization", "AWS4-HMAC-SHA256 Credential=" + keys.accessKeyId + '/' + scope +
                                                    ", SignedHeaders=" + names + ", Signature=" + signature.hex()});
    return {};
}

} // namespace cordon::connectors::aws
