#pragma once

#include "core/value/json.h"
#include "tests/support/http_peer.h"

#include <map>
#include <set>

namespace cordon::test {

/// A server of a published API, small but strict: only its routes, verbs, query names and fields are taken, everything else
/// is refused in the API's own form. Throttles, fails, lies, loses answers and shows changes late when it is told to.
class JsonFake
{
public:
    int throttled = 0;               ///< so many requests are told to come again
    int lag = 0;                     ///< after a change so many reads still show what was before
    std::set<std::string> failing;   ///< routes by name: 5xx, nothing is done
    std::set<std::string> lying;     ///< success, nothing is done
    std::set<std::string> silent;    ///< done, and the answer is lost
    std::vector<std::string> done;   ///< routes that changed something, in order
    std::set<std::string> routesAsked; ///< every route that was asked

    JsonFake() = default;
    JsonFake(const JsonFake&) = delete;
    JsonFake& operator=(const JsonFake&) = delete;
    virtual ~JsonFake() = default;

    HttpPeer::Answer answer()
    {
        return [this](const PeerRequest& request) {
            const std::lock_guard lock(m_mutex);
            return take(request);
        };
    }

protected:
    struct Asked
    {
        std::vector<std::string> parts; ///< what stood at each {} of the route, decoded
        std::map<std::string, std::string> query;
        Value body;
        const PeerRequest& request;
    };
    using Act = std::function<PeerReply(const Asked&)>;

    /// @param name   short, for `failing` and `done`; reads begin with "get"
    /// @param path   with {} for one part, {*} for the rest
    /// @param fields  members that the body may have; a body that is no object is refused unless `isForm`
    void route(const std::string& name, const std::string& method, const std::string& path, Act act, std::set<std::string> fields = {},
               std::set<std::string> query = {}, bool isForm = false)
    {
        m_routes.push_back({name, method, path, std::move(act), std::move(fields), std::move(query), isForm});
    }
    /// The API's own form of an error.
    virtual PeerReply refusal(int status, const std::string& words) = 0;
    /// A reply when the request carries no valid credential.
    virtual std::optional<PeerReply> denied(const PeerRequest& request) = 0;
    virtual PeerReply throttle()
    {
        PeerReply reply = refusal(429, "too many requests");
        reply.headers.emplace_back("Retry-After", "1");
        return reply;
    }

    static PeerReply json(Value value, int status = 200) { return {status, cordon::json::write(value), {{"Content-Type", "application/json"}}, {}}; }
    static PeerReply nothing(int status = 204) { return {status, {}, {}, {}}; }
    static std::string decoded(const std::string& text)
    {
        std::string plain;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] == '%' && i + 2 < text.size()) {
                plain += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
                i += 2;
            } else {
                plain += text[i] == '+' ? ' ' : text[i];
            }
        }
        return plain;
    }
    static std::map<std::string, std::string> pairs(const std::string& text)
    {
        std::map<std::string, std::string> all;
        std::string rest = text;
        while (!rest.empty()) {
            const std::string pair = rest.substr(0, rest.find('&'));
            rest.erase(0, pair.size() + 1);
            all[decoded(pair.substr(0, pair.find('=')))] = pair.find('=') == std::string::npos ? "" : decoded(pair.substr(pair.find('=') + 1));
        }
        return all;
    }

private:
    struct Route
    {
        std::string name;
        std::string method;
        std::string path;
        Act act;
        std::set<std::string> fields;
        std::set<std::string> query;
        bool isForm;
    };

    static std::optional<std::vector<std::string>> match(const std::string& pattern, const std::string& path)
    {
        std::vector<std::string> parts;
        std::size_t p = 0;
        std::size_t at = 0;
        while (p < pattern.size()) {
            if (pattern.compare(p, 3, "{*}") == 0) {
                parts.push_back(decoded(path.substr(at)));
                return parts;
            }
            if (pattern.compare(p, 2, "{}") == 0) {
                const std::size_t end = std::min(path.find_first_of("/", at), path.size());
                const char after = p + 2 < pattern.size() ? pattern[p + 2] : '/';
                const std::size_t stop = after == '/' ? end : std::min(path.find(after, at), end);
                if (stop == at)
                    return std::nullopt;
                parts.push_back(decoded(path.substr(at, stop - at)));
                at = stop;
                p += 2;
            } else if (at < path.size() && path[at] == pattern[p]) {
                ++at;
                ++p;
            } else {
                return std::nullopt;
            }
        }
        return at == path.size() ? std::optional(parts) : std::nullopt;
    }

    PeerReply take(const PeerRequest& request)
    {
        bool isPath = false;
        for (const Route& route : m_routes) {
            const auto parts = match(route.path, request.path());
            isPath = isPath || parts;
            if (parts && route.method == request.method)
                return act(route, {*parts, pairs(request.query()), {}, request});
        }
        return isPath ? refusal(405, "The endpoint does not support the provided HTTP method " + request.method)
                      : refusal(404, "Not found: Resource not found: " + request.path());
    }

    PeerReply act(const Route& route, Asked asked)
    {
        routesAsked.insert(route.name);
        if (auto problem = denied(asked.request))
            return std::move(*problem);
        if (throttled > 0) {
            --throttled;
            return throttle();
        }
        for (const auto& [name, value] : asked.query) {
            if (!route.query.contains(name))
                return refusal(400, "unknown query parameter " + name);
        }
        if (!asked.request.body.empty() && !route.isForm) {
            const auto body = cordon::json::parse(asked.request.body);
            const bool isPatch = asked.request.header("content-type") == "application/json-patch+json";
            if (!body || !(isPatch ? body->isArray() : body->isObject()) || asked.request.header("content-type").find("json") == std::string::npos)
                return refusal(400, "The request body was not well-formed.");
            for (const auto& [name, value] : body->asObject()) {
                if (!route.fields.contains(name))
                    return refusal(400, "unknown field " + name);
            }
            asked.body = *body;
        }
        const bool isRead = route.name.starts_with("get");
        if (isRead && lag > 0 && m_seen.contains(asked.request.target)) {
            --m_late;
            if (m_late >= 0)
                return m_seen[asked.request.target];
        }
        if (failing.contains(route.name))
            return refusal(503, "Service Unavailable");
        if (lying.contains(route.name))
            return json(Value::Object{});
        const PeerReply reply = route.act(asked);
        if (isRead)
            m_seen[asked.request.target] = reply;
        else if (reply.status < 300) {
            done.push_back(route.name);
            m_late = lag;
        }
        if (silent.contains(route.name) && reply.status < 300) // what is asked again by mistake gets its answer
            return {200, "", {}, {}, false, true};
        return reply;
    }

    std::vector<Route> m_routes;
    std::map<std::string, PeerReply> m_seen; ///< what reads answered last
    int m_late = 0;
    std::mutex m_mutex;
};

} // namespace cordon::test
