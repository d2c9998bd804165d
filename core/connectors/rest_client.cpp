#include "core/connectors/rest_client.h"

#include "core/base/secret_shapes.h"
#include "core/value/json.h"

#include <algorithm>

namespace cordon::connectors {
namespace {

constexpr int mostPages = 100; ///< of a list; a longer one is no honest answer
constexpr std::size_t mostWords = 300;

/// What servers say about a refusal, each in its own member.
std::string wordsOf(const Value& body)
{
    for (const char* member : {"errorSummary", "error_description", "message", "reason"}) {
        if (body[member].isString())
            return body[member].asString();
    }
    if (body["error"].isObject())
        return body["error"]["code"].asString() + ": " + body["error"]["message"].asString();
    if (body["error"].isString())
        return body["error"].asString();
    std::string all;
    for (const char* member : {"errors", "errorMessages"}) {
        for (const Value& one : body[member].asArray())
            all += (all.empty() ? "" : "; ") + (one.isString() ? one.asString() : one["message"].asString());
    }
    for (const auto& [field, words] : body["errors"].asObject())
        all += (all.empty() ? "" : "; ") + field + ": " + words.asString();
    return all;
}

/// Short, and without characters that change a line.
std::string tame(std::string words)
{
    if (words.size() > mostWords)
        words.resize(mostWords);
    std::replace_if(words.begin(), words.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
    return words;
}

/// INVARIANT: what a server sends back of the credentials that it was sent, got with others or not, goes no further.
void hideHeaders(net::HttpReply& reply, const std::vector<net::HttpHeader>& headers)
{
    constexpr std::size_t shortest = 8;
    for (const net::HttpHeader& header : headers) {
        if (header.name != "authorization" && header.name != "x-vault-token")
            continue;
        // Without its scheme: `Bearer`, `Basic`, `SSWS`.
        const std::string_view token = std::string_view(header.value).substr(header.value.find(' ') + 1);
        for (std::size_t at = token.size() < shortest ? std::string::npos : reply.body.find(token); at != std::string::npos; at = reply.body.find(token, at + hiddenSecret.size()))
            reply.body.replace(at, token.size(), hiddenSecret);
    }
}

} // namespace

RestClient::RestClient(Asker& asker, const act::CallContext& context, Manner manner)
    : m_asker(asker)
    , m_context(context)
    , m_manner(std::move(manner))
{
    addHeader("accept", "application/json");
    addHeader("user-agent", "cordon-connector");
}

RestClient::~RestClient()
{
    for (net::HttpHeader& header : m_manner.headers)
        crypto::wipe(header.value);
}

void RestClient::addHeader(std::string name, std::string value)
{
    const auto there = std::find_if(m_manner.headers.begin(), m_manner.headers.end(), [&name](const net::HttpHeader& one) { return one.name == name; });
    if (there == m_manner.headers.end())
        m_manner.headers.push_back({std::move(name), std::move(value)});
}

Result<net::HttpReply> RestClient::reply(const RestCall& call)
{
    net::HttpRequest request;
    request.method = call.method;
    request.url = m_manner.base + call.path;
    request.headers = m_manner.headers;
    for (net::HttpHeader& header : request.headers) {
        if (header.name == "accept" && !call.accept.empty())
            header.value = call.accept;
    }
    if (!call.body.isNull()) {
        request.headers.push_back({"content-type", call.contentType});
        request.body = call.body.isString() ? call.body.asString() : json::write(call.body);
    }
    auto answer = m_asker.ask(std::move(request), call.repeat, m_context, m_manner.isThrottled);
    if (answer)
        hideHeaders(*answer, m_manner.headers);
    return answer;
}

Error RestClient::errorOf(const RestCall& call, const net::HttpReply& reply) const
{
    const auto body = json::parse(reply.body);
    const std::string words = body ? wordsOf(*body) : std::string();
    const std::string detail = m_manner.name + ": " + call.method + ' ' + call.path.substr(0, call.path.find('?')) + ": status " +
                               std::to_string(reply.status) + (words.empty() ? "" : ": " + tame(words));
    if (reply.status >= 500)
        return {ErrorCode::Io, detail};
    if (reply.status == 404 || reply.status == 410)
        return {ErrorCode::NotFound, detail};
    return {reply.status == 409 || reply.status == 412 ? ErrorCode::Conflict : ErrorCode::Denied, detail};
}

Result<Value> RestClient::send(const RestCall& call)
{
    CORDON_TRY(const net::HttpReply answer, reply(call));
    if (answer.status < 200 || answer.status > 299)
        return fail(errorOf(call, answer));
    if (answer.body.empty())
        return Value();
    auto value = json::parse(answer.body);
    return value ? value : fail(ErrorCode::Io, m_manner.name + ": " + call.method + ' ' + call.path + ": an answer that is no JSON");
}

Result<std::optional<Value>> RestClient::find(const std::string& path)
{
    auto value = read(path);
    if (value)
        return std::optional(std::move(*value));
    return value.error().code == ErrorCode::NotFound ? Result<std::optional<Value>>(std::nullopt) : fail(value.error());
}

/// INVARIANT: the credential goes to no other server, wherever a page says that the next one is.
Result<std::string> RestClient::pathOf(const std::string& address) const
{
    if (address.starts_with('/'))
        return address;
    if (!address.starts_with(m_manner.base + '/'))
        return fail(ErrorCode::Io, m_manner.name + ": a list that goes on at another server");
    return address.substr(m_manner.base.size());
}

Result<Value::Array> RestClient::all(std::string path, const std::string& member, const Next& next)
{
    Value::Array items;
    for (int page = 0; page < mostPages; ++page) {
        const RestCall call{"GET", path};
        CORDON_TRY(const net::HttpReply answer, reply(call));
        if (answer.status != 200)
            return fail(errorOf(call, answer));
        const auto body = json::parse(answer.body);
        const Value* list = !body ? nullptr : member.empty() ? &*body : body->find(member);
        if (!list || !list->isArray())
            return fail(ErrorCode::Io, m_manner.name + ": " + path + ": an answer that is no list");
        items.insert(items.end(), list->asArray().begin(), list->asArray().end());
        const std::string address = next ? next(answer, *body) : std::string();
        if (address.empty())
            return items;
        CORDON_TRY(path, pathOf(address));
    }
    return fail(ErrorCode::Io, m_manner.name + ": " + path + ": a list without end");
}

RestClient::Next RestClient::nextByLink()
{
    return [](const net::HttpReply& reply, const Value&) {
        for (const net::HttpHeader& header : reply.headers) {
            const auto rel = header.name == "link" ? header.value.find("rel=\"next\"") : std::string::npos;
            if (rel == std::string::npos)
                continue;
            const auto open = header.value.rfind('<', rel);
            const auto close = header.value.find('>', open == std::string::npos ? rel : open);
            if (open != std::string::npos && close < rel)
                return header.value.substr(open + 1, close - open - 1);
        }
        return std::string();
    };
}

RestClient::Next RestClient::nextByMember(std::string member)
{
    return [member = std::move(member)](const net::HttpReply&, const Value& page) { return page[member].asString(); };
}

} // namespace cordon::connectors
