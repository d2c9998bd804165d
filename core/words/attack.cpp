#include "core/words/attack.h"

#include "core/value/yaml.h"
#include "core/words/attack_data.h"

namespace cordon::words {
namespace {

Error problem(const Value& at, const std::string& what)
{
    return {ErrorCode::Invalid, "line " + std::to_string(at.line()) + ": " + what};
}

std::vector<std::string> texts(const Value& list)
{
    std::vector<std::string> all;
    for (const Value& item : list.asArray())
        all.push_back(item.asString());
    return all;
}

} // namespace

Result<Attack> Attack::parse(std::string_view text)
{
    CORDON_TRY(const Value document, yaml::parse(text));
    if (document["format"].asString() != "cordon-attack/1")
        return fail(problem(document, "expected format: cordon-attack/1"));
    Attack attack;
    attack.m_version = document["version"].asString();
    for (const auto& [name, about] : document["tactics"].asObject()) {
        attack.m_tactics[name] = name;
        for (const std::string& former : texts(about["formerly"]))
            attack.m_tactics.emplace(former, name);
    }
    for (const auto& [id, about] : document["techniques"].asObject()) {
        Technique& technique = attack.m_techniques[id];
        technique.name = about["name"].asString();
        technique.tactics = texts(about["tactics"]);
        technique.revokedBy = about["revoked_by"].asString();
        if (technique.name.empty())
            return fail(problem(about, id + " needs a name"));
        for (const std::string& tactic : technique.tactics) {
            if (!attack.isTactic(tactic))
                return fail(problem(about, "'" + tactic + "' is no tactic"));
        }
    }
    for (auto& [id, technique] : attack.m_techniques) {
        if (!technique.revokedBy.empty()) {
            const auto newer = attack.m_techniques.find(technique.revokedBy);
            if (newer == attack.m_techniques.end() || !newer->second.revokedBy.empty())
                return fail(ErrorCode::Invalid, id + " is replaced by " + technique.revokedBy + ", which is not current");
            newer->second.formerIds.push_back(id);
        }
        if (const auto parent = attack.m_techniques.find(id.substr(0, id.find('.')));
            technique.tactics.empty() && parent != attack.m_techniques.end())
            technique.tactics = parent->second.tactics;
    }
    return attack;
}

const Attack::Technique* Attack::find(std::string_view id) const
{
    const auto found = m_techniques.find(id);
    return found == m_techniques.end() ? nullptr : &found->second;
}

std::string Attack::currentId(std::string_view id) const
{
    const Technique* technique = find(id);
    return technique && !technique->revokedBy.empty() ? technique->revokedBy : std::string(id);
}

std::string Attack::line(std::string_view id) const
{
    const std::string current = currentId(id);
    const Technique* technique = find(current);
    return technique ? current + " " + technique->name : current;
}

bool Attack::isTactic(std::string_view name) const
{
    return m_tactics.contains(name);
}

const Attack& attack()
{
    // a list that cannot be read fails the build's own test; the program then shows bare ids
    static const Attack made = Attack::parse(attackData).value_or(Attack());
    return made;
}

} // namespace cordon::words
