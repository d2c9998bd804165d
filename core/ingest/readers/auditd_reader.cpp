#include "core/ingest/readers/auditd_reader.h"

#include "core/ingest/readers/audit_event.h"
#include "core/ingest/readers/audit_record.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace cordon::ingest {
namespace {

constexpr Duration longestWait = std::chrono::seconds(2);
constexpr std::uint64_t mostLinesBetween = 512;
/// Times jump where nothing was logged for a while, so an old event still waits for the few lines that overtake others.
constexpr std::uint64_t fewLinesBetween = 16;
constexpr std::size_t mostGroups = 256;
constexpr std::size_t longestEvent = 1U << 20U;
constexpr std::size_t mostHeld = 8U << 20U;

/// Records that programs write: each is an event by itself. Those of the kernel come in groups.
bool standsAlone(std::string_view type)
{
    constexpr std::array<std::string_view, 13> starts{"USER",    "CRED_",   "DAEMON_", "ADD_",    "DEL_",
                                                      "SERVICE_", "SYSTEM_", "CRYPTO_", "GRP_",    "CHUSER_",
                                                      "VIRT_",   "ACCT_",   "RESP_"};
    return std::any_of(starts.begin(), starts.end(),
                       [type](std::string_view start) { return type.substr(0, start.size()) == start; });
}

} // namespace

bool AuditdReader::step()
{
    if (const auto line = nextLine()) {
        ++m_lines;
        takeLine(*line);
        giveReady();
        return true;
    }
    if (!isFinished() || m_groups.empty())
        return false;
    while (!m_groups.empty())
        giveFront();
    return true;
}

void AuditdReader::takeLine(const Piece& line)
{
    if (line.text.find_first_not_of(" \t") == line.text.npos)
        return;
    const auto head = parseAuditHead(line.text);
    if (!head)
        return reject(line.offset, line.length, "not an audit record");
    std::string id(head->node);
    id.append(1, '/').append(head->time).append(1, ':').append(head->serial);
    m_now = head->moment();
    auto group = std::find_if(m_groups.rbegin(), m_groups.rend(), [&id](const Group& one) { return one.id == id; });
    const bool isEnd = head->type == "EOE";
    if (group == m_groups.rend()) {
        if (isEnd)
            return reject(line.offset, line.length, "end of an audit event whose records are missing");
        m_groups.push_back({std::move(id), head->moment(), line.offset, 0, 0, standsAlone(head->type), {}});
        group = m_groups.rbegin();
    }
    if (group->lines.size() + line.text.size() > longestEvent && !group->lines.empty())
        return reject(line.offset, line.length, "the audit event has more records than are kept");
    group->isDone = group->isDone || isEnd;
    group->end = line.offset + line.length;
    group->lastLine = m_lines;
    if (!group->lines.empty())
        group->lines += '\n';
    group->lines += line.text;
    m_heldBytes += line.text.size() + 1;
}

/// Events go out in the order of their first records.
void AuditdReader::giveReady()
{
    while (!m_groups.empty()) {
        const Group& front = m_groups.front();
        const std::uint64_t since = m_lines - front.lastLine;
        const bool isOld = m_now - front.time > longestWait && since > fewLinesBetween;
        const bool isReady = front.isDone || isOld || since > mostLinesBetween || m_groups.size() > mostGroups ||
                             m_heldBytes > mostHeld;
        if (!isReady)
            return;
        giveFront();
    }
}

void AuditdReader::giveFront()
{
    Group group = std::move(m_groups.front());
    m_groups.pop_front();
    m_heldBytes -= std::min(m_heldBytes, group.lines.size() + 1);
    std::string& raw = newText();
    raw = std::move(group.lines);
    std::string& json = newText();
    writeAuditEvent(raw, json);
    give(group.offset, group.end - group.offset, raw, json);
}

} // namespace cordon::ingest
