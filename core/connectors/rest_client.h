#pragma once

#include "core/connectors/rest_call.h"

namespace cordon::connectors {

/// Asks one API that speaks JSON, for the length of one call of the connector. Headers are wiped when it goes away.
/// Errors: ErrorCode::NotFound no such thing, Conflict something changed at the same time, Denied refused, with the server's own words, Io
/// the outcome is not known, and those of `Asker`.
class RestClient
{
public:
    struct Manner
    {
        std::string name;                     ///< for errors: "okta"
        std::string base;                     ///< https://host/path without a final slash
        std::vector<net::HttpHeader> headers; ///< of every request, the credential's too
        Asker::IsThrottled isThrottled;       ///< besides 429
    };
    /// Path of the next page, or "" after the last. Gets a page's reply and what was in it.
    using Next = std::function<std::string(const net::HttpReply&, const Value&)>;

    /// @param asker, context  borrowed for the client's life
    RestClient(Asker& asker, const act::CallContext& context, Manner manner);
    RestClient(const RestClient&) = delete;
    RestClient& operator=(const RestClient&) = delete;
    ~RestClient();

    /// What a call with status 2xx answered; null when it answered nothing.
    [[nodiscard]] Result<Value> send(const RestCall& call);
    [[nodiscard]] Result<Value> read(const std::string& path) { return send({"GET", path}); }
    /// The same, and nothing for what is not there.
    [[nodiscard]] Result<std::optional<Value>> find(const std::string& path);
    /// Every item of a list, over all its pages. @param member  of a page that holds items, "" = the page is the list
    [[nodiscard]] Result<Value::Array> all(std::string path, const std::string& member, const Next& next);
    /// The reply, whatever its status.
    [[nodiscard]] Result<net::HttpReply> reply(const RestCall& call);
    /// What a reply's status comes to, for those that look at replies themselves.
    [[nodiscard]] Error errorOf(const RestCall& call, const net::HttpReply& reply) const;

    /// A header for every request from now on.
    void addHeader(std::string name, std::string value);
    [[nodiscard]] const act::CallContext& context() const { return m_context; }

    /// `Link: <…>; rel="next"` (RFC 8288)
    [[nodiscard]] static Next nextByLink();
    /// An address in a member of the page, such as @odata.nextLink.
    [[nodiscard]] static Next nextByMember(std::string member);

private:
    [[nodiscard]] Result<std::string> pathOf(const std::string& address) const;

    Asker& m_asker;
    const act::CallContext& m_context;
    Manner m_manner;
};

} // namespace cordon::connectors
