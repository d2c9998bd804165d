#include "core/connectors/http_options.h"

#include "core/value/json.h"

namespace cordon::connectors {

Result<HttpOptions> HttpOptions::of(const act::ConnectorSettings& settings, const std::set<std::string>& known,
                                    const std::set<std::string>& wanted)
{
    HttpOptions options;
    for (const auto& [name, content] : settings.options.asObject()) {
        const bool isKnown = name == "endpoint" || name == "authorities" || known.contains(name) || wanted.contains(name);
        if (!isKnown || !content.isString())
            return fail(ErrorCode::Invalid, settings.kind + ": unknown or malformed option '" + name + "'");
        std::string text = content.asString();
        while (text.ends_with('/'))
            text.pop_back();
        options.m_texts.emplace(name, std::move(text));
    }
    for (const std::string& name : wanted) {
        if (options.text(name).empty())
            return fail(ErrorCode::Invalid, settings.kind + ": option '" + name + "' is wanted");
    }
    return options;
}

std::string HttpOptions::text(const std::string& name, const std::string& otherwise) const
{
    const auto found = m_texts.find(name);
    return found == m_texts.end() ? otherwise : found->second;
}

Result<Asker> HttpOptions::asker(Asker::Pause pause) const
{
    CORDON_TRY(net::HttpClient client, net::HttpClient::make({text("authorities"), {}, {}}));
    return Asker(std::move(client), std::move(pause));
}

Result<Value> credentialOf(const act::CallContext& context, const std::string& kind, const std::set<std::string>& wanted,
                           const std::set<std::string>& optional)
{
    std::string names;
    for (const std::string& name : wanted)
        names += (names.empty() ? "" : ", ") + name;
    for (const std::string& name : optional)
        names += (names.empty() ? "" : wanted.empty() ? " or " : ", ") + name + (wanted.empty() ? "" : "?");
    const auto refuse = [&] { return fail(ErrorCode::Denied, kind + ": the credential is an object of " + names + ", and nothing else"); };
    auto credential = json::parse(context.credential.text());
    if (!credential || !credential->isObject())
        return refuse();
    for (const std::string& name : wanted) {
        if ((*credential)[name].asString().empty())
            return refuse();
    }
    for (const auto& [name, content] : credential->asObject()) {
        if (!wanted.contains(name) && !optional.contains(name))
            return refuse();
    }
    return std::move(*credential);
}

} // namespace cordon::connectors
