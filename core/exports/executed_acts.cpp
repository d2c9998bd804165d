#include "core/exports/executed_acts.h"

#include <deque>

namespace cordon::exports {
namespace {

/// Follows the entries: what was decided and approved by digest, and what is begun by permit.
class Follow
{
public:
    explicit Follow(const std::function<Result<void>(const ExecutedAct&)>& visit) : m_visit(visit) {}

    Result<void> take(const record::StoredEntry& entry, const Value& data)
    {
        const std::string& digest = data["digest"].asString();
        if (entry.type == "decision") {
            m_decided[digest] = {entry.seq, {}};
            for (const Value& clause : data["decision"]["clauses"].asArray())
                m_decided[digest].second.push_back(clause.asString());
        } else if (entry.type == "approval.granted") {
            m_approved[data["approval"]["action_digest"].asString()].push_back(entry.actor);
        } else if (entry.type == "action.intended") {
            m_open.push_back(begun(entry, data, digest));
        } else if (entry.type.starts_with("outcome.")) {
            return end(entry, data);
        }
        return {};
    }

    Result<void> endAll()
    {
        for (const auto& [permit, act] : m_open)
            CORDON_CHECK(m_visit(act));
        return {};
    }

private:
    std::pair<std::string, ExecutedAct> begun(const record::StoredEntry& entry, const Value& data, const std::string& digest)
    {
        ExecutedAct act;
        act.intendedSeq = entry.seq;
        act.incident = entry.incident;
        act.step = data["step"].asString();
        act.title = data["title"]["text"].asString();
        act.action = data["action"];
        act.digest = digest;
        act.tier = data["tier"].asString();
        act.actor = entry.actor;
        act.begun = data["at"].asString();
        act.isUndo = data["undo"].asBool();
        if (const auto decided = m_decided.find(digest); decided != m_decided.end()) {
            act.decisionSeq = decided->second.first;
            act.clauses = decided->second.second;
        }
        if (const auto approved = m_approved.find(digest); approved != m_approved.end())
            act.approvers = approved->second;
        return {data["permit"].asString(), std::move(act)};
    }

    /// An outcome names the permit; those before it that are open are older acts, and are told in their order.
    Result<void> end(const record::StoredEntry& entry, const Value& data)
    {
        for (auto& [permit, act] : m_open) {
            if (permit != data["permit"].asString() || act.outcomeSeq >= 0)
                continue;
            act.outcomeSeq = entry.seq;
            act.ended = data["at"].asString();
            act.outcome = entry.type.substr(std::string_view("outcome.").size());
            act.detail = data["outcome"]["detail"].asString();
            break;
        }
        while (!m_open.empty() && m_open.front().second.outcomeSeq >= 0) {
            CORDON_CHECK(m_visit(m_open.front().second));
            m_open.pop_front();
        }
        return {};
    }

    const std::function<Result<void>(const ExecutedAct&)>& m_visit;
    std::map<std::string, std::pair<std::int64_t, std::vector<std::string>>> m_decided;
    std::map<std::string, std::vector<std::string>> m_approved;
    std::deque<std::pair<std::string, ExecutedAct>> m_open; ///< by permit
};

} // namespace

Result<void> eachExecutedAct(CaseContents& contents, const std::string& only,
                             const std::function<Result<void>(const ExecutedAct&)>& visit)
{
    Follow follow(visit);
    CORDON_CHECK(contents.eachEntry(only, [&](const record::StoredEntry& entry, const Value& data) {
        return follow.take(entry, data);
    }));
    return follow.endAll();
}

} // namespace cordon::exports
