// What screens ask about the agent, its mandate and what people approved.
#include "core/engine/case_documents.h"
#include "core/engine/case_reader_state.h"
#include "core/engine/codec.h"
#include "core/govern/action_digest.h"
#include "core/record/case_folder.h"
#include "core/value/json.h"

#include <algorithm>

namespace cordon::engine {
namespace {

/// An entry about a request: what happened to it. Nothing when the entry is about something else.
std::optional<std::pair<std::string, ApprovalAct>> actOf(const record::StoredEntry& entry, const Value& data)
{
    const Value& desk = data["desk"];
    ApprovalAct act;
    act.seq = entry.seq;
    act.at = entry.at == Timestamp() ? entry.ts : entry.at;
    std::string request = data["request"].asString();
    if (desk["event"].asString() == "closed") {
        request = desk["request"].asString();
        act.what = desk["state"].asString();
        act.reason = desk["why"].asString();
    } else if (entry.type == "approval.requested") {
        act.what = "requested";
    } else if (entry.type == "approval.refused") {
        act.what = "refused";
        act.reason = data["reason"].asString();
    } else if (entry.type == "approval.granted" || entry.type == "approval.denied") {
        act.what = entry.type.substr(std::string("approval.").size());
        act.who = entry.actor;
        act.factors = codec::textListFrom(data["approval"]["factors"]);
        act.reason = data["reason"].asString();
        act.tookMillis = desk["reply"]["decided_after_ms"].asInt(-1);
    } else {
        return std::nullopt;
    }
    return std::pair(std::move(request), std::move(act));
}

void addAct(std::vector<ApprovalRow>& rows, const record::StoredEntry& entry, const Value& data)
{
    auto act = actOf(entry, data);
    if (!act)
        return;
    for (ApprovalRow& row : rows) {
        if (row.id != act->first)
            continue;
        if (act->second.what == "requested") {
            const Value& request = data["desk"]["request"];
            row.digest = request["action_digest"].asString();
            row.code = govern::shortCode(row.digest);
            if (const auto action = json::parse(request["action"].asString()))
                row.verb = (*action)["type"].asString();
        }
        row.acts.push_back(std::move(act->second));
        return;
    }
}

/// What the ledger has about each request, from first to last.
Result<void> addHistory(record::CaseQueries& queries, std::vector<ApprovalRow>& rows)
{
    if (rows.empty())
        return {};
    std::vector<record::StoredEntry> entries;
    for (const char* type : {"approval.requested", "approval.granted", "approval.denied", "approval.refused",
                             "approval.ended", "approval.void", "action.intended"}) {
        CORDON_TRY(auto some, queries.ledgerEntries(type, ""));
        std::move(some.begin(), some.end(), std::back_inserter(entries));
    }
    std::sort(entries.begin(), entries.end(),
              [](const record::StoredEntry& a, const record::StoredEntry& b) { return a.seq < b.seq; });
    for (const record::StoredEntry& entry : entries) {
        if (const auto data = json::parse(entry.data))
            addAct(rows, entry, *data);
    }
    return {};
}

void takeSession(std::vector<SessionRow>& sessions, const record::StoredEntry& entry, const Value& data)
{
    const Timestamp at = entry.at == Timestamp() ? entry.ts : entry.at;
    if (entry.type == "session.open") {
        sessions.push_back({entry.session, entry.incident, at, std::nullopt, 0, entry.seq});
        return;
    }
    const auto open = std::find_if(sessions.rbegin(), sessions.rend(),
                                   [&](const SessionRow& row) { return row.id == entry.session; });
    if (open == sessions.rend())
        return;
    if (entry.type == "session.close")
        open->closed = at;
    else if (entry.type == "action.intended" && !data["tier"].asString().empty() && data["tier"].asString() != "T0")
        ++open->actions;
}

} // namespace

Result<std::vector<ApprovalRow>> CaseReader::approvals()
{
    CORDON_TRY(const auto pages, m_state->queries().documents(documents::approvalKind));
    std::vector<ApprovalRow> rows;
    for (const auto& [id, text] : pages) {
        CORDON_TRY(const Value page, json::parse(text));
        CORDON_TRY(ApprovalRow row, documents::approvalRowFrom(page));
        rows.push_back(std::move(row));
    }
    // Whoever holds the case says that a request ran out; where nobody does, its own words do. Another clock than the
    // machine's runs in exercises alone.
    CORDON_TRY(const std::string origin, record::caseOrigin(m_state->folder));
    for (ApprovalRow& row : rows) {
        const bool isWaiting = row.state == "waiting" || row.state == "partly";
        if (isWaiting && !record::isExerciseOrigin(origin) && row.approveBy <= MachineClock().now())
            row.state = toString(govern::RequestState::Expired);
    }
    // By number: AR-10000 comes after AR-9999.
    std::stable_sort(rows.begin(), rows.end(), [](const ApprovalRow& a, const ApprovalRow& b) {
        return a.id.size() != b.id.size() ? a.id.size() < b.id.size() : a.id < b.id;
    });
    CORDON_CHECK(addHistory(m_state->queries(), rows));
    return rows;
}

Result<AgentPicture> CaseReader::agent()
{
    auto text = m_state->queries().document(documents::agentKind, "picture");
    if (!text)
        return AgentPicture{}; // no mandate in this case: the agent observes
    CORDON_TRY(const Value page, json::parse(*text));
    CORDON_TRY(AgentPicture picture, documents::agentPictureFrom(page));
    CORDON_TRY(auto entries, m_state->queries().ledgerEntries("decision", ""));
    std::reverse(entries.begin(), entries.end());
    constexpr std::size_t most = 200;
    if (entries.size() > most)
        entries.resize(most);
    for (const record::StoredEntry& entry : entries) {
        CORDON_TRY(const Value data, json::parse(entry.data));
        CORDON_TRY(const Decision decision, codec::decisionFrom(data["decision"]));
        DecisionRow row;
        row.seq = entry.seq;
        row.at = entry.at;
        row.title = codec::textFrom(data["title"]);
        row.proposedBy = data["proposed_by"].asString();
        row.effect = decision.effect;
        row.tier = decision.tier;
        row.clauses = decision.clauses;
        row.incident = entry.incident;
        picture.decisions.push_back(std::move(row));
    }
    return picture;
}

Result<void> CaseReader::State::takeNewEntries()
{
    CORDON_TRY(const std::int64_t size, queries().countLedger());
    CORDON_TRY(auto entries, queries().ledger(0, static_cast<int>(std::max<std::int64_t>(0, size - taken))));
    std::reverse(entries.begin(), entries.end());
    for (const record::StoredEntry& entry : entries) {
        const auto data = json::parse(entry.data);
        controls.take(entry, data ? *data : Value());
        takeSession(sessions, entry, data ? *data : Value());
    }
    taken = size;
    return {};
}

Result<AgentRecord> CaseReader::agentRecord()
{
    CORDON_CHECK(m_state->takeNewEntries());
    AgentRecord record;
    record.sessions.assign(m_state->sessions.rbegin(), m_state->sessions.rend());
    record.controls = m_state->controls.rows();
    return record;
}

Result<std::string> CaseReader::mandateText()
{
    CORDON_CHECK(m_state->past.update(m_state->folder));
    if (m_state->past.mandateText().empty())
        return fail(ErrorCode::NotFound, "no mandate was in force in this case");
    return m_state->past.mandateText();
}

Result<MandateTrial> CaseReader::tryMandate(const std::string& text)
{
    CORDON_CHECK(m_state->past.update(m_state->folder));
    return m_state->past.tryOut(text);
}

} // namespace cordon::engine
