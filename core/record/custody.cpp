#include "core/record/custody.h"

#include "core/base/display_escape.h"
#include "core/record/ledger_reader.h"

#include <algorithm>

namespace cordon::record {
namespace {

constexpr std::size_t shortestPrefix = 8;

class Reading
{
public:
    void take(const LedgerEntry& entry)
    {
        const Value& data = entry.data;
        if (entry.type == "evidence.sealed")
            takeSealed(entry, data);
        else if (entry.type == "evidence.held" || entry.type == "evidence.released")
            takeHold(entry, data);
        else if (entry.type == "evidence.transferred")
            takeTransfer(entry, data);
        else if (entry.type == "evidence.received")
            takeReceipt(entry, data);
        else if (entry.type == "evidence.erased")
            takeErasure(entry, data);
    }

    Custody finish() { return std::move(m_custody); }

private:
    EvidenceItem& itemOf(const std::string& digest)
    {
        const auto known = m_places.emplace(digest, m_custody.items.size());
        if (known.second) {
            m_custody.items.emplace_back();
            m_custody.items.back().digest = digest;
        }
        return m_custody.items[known.first->second];
    }

    static CustodyAct actOf(const LedgerEntry& entry, const Value& data, std::string what)
    {
        CustodyAct act;
        act.seq = entry.seq;
        act.at = entry.ts;
        act.what = std::move(what);
        act.who = entry.actor.id;
        act.purpose = data["purpose"].asString();
        return act;
    }

    void takeSealed(const LedgerEntry& entry, const Value& data)
    {
        const bool isExhibit = data["kind"].asString() == "exhibit";
        CustodyAct act = actOf(entry, data, isExhibit ? "exhibit" : "collected");
        if (!data["operator"].asString().empty())
            act.who = data["operator"].asString();
        act.from = data["source"].asString();
        act.method = data["method"].asString();
        act.tool = data["collector"].asString();
        if (isExhibit)
            act.purpose = data["note"].asString();
        const std::string& packed = data["packed_digest"].asString();
        const std::string& digest = data["digest"].asString();
        if (!packed.empty() && packed != digest) {
            EvidenceItem& found = itemOf(packed);
            found.kind = found.acts.empty() ? "packed" : found.kind;
            found.name = act.from;
            found.size = static_cast<std::uint64_t>(data["packed_size"].asInt());
            found.isEncrypted = data.has("packed_container");
            found.holder = act.who;
            found.acts.push_back(act);
        }
        EvidenceItem& item = itemOf(digest);
        if (item.acts.empty() || isExhibit) {
            item.kind = data["kind"].asString();
            item.name = isExhibit ? data["name"].asString() : act.from;
        }
        item.size = static_cast<std::uint64_t>(data["size"].asInt());
        item.isWhole = data["whole"].asBool();
        item.isEncrypted = data.has("container");
        item.holder = act.who;
        if (!packed.empty() && packed != digest) {
            item.parent = packed;
            item.derivation = "unpacked";
        }
        if (isExhibit) {
            item.number = data["exhibit"].asString();
            item.isHeld = item.isHeld || data["hold"].asBool();
        }
        item.acts.push_back(std::move(act));
    }

    void takeHold(const LedgerEntry& entry, const Value& data)
    {
        EvidenceItem& item = itemOf(data["digest"].asString());
        item.isHeld = entry.type == "evidence.held";
        item.acts.push_back(actOf(entry, data, item.isHeld ? "held" : "released"));
    }

    void takeTransfer(const LedgerEntry& entry, const Value& data)
    {
        EvidenceTransfer transfer{data["transfer"].asString(), entry.actor.id, data["to"].asString(), {}};
        for (const Value& digest : data["digests"].asArray()) {
            CustodyAct act = actOf(entry, data, "transferred");
            act.to = transfer.to;
            itemOf(digest.asString()).acts.push_back(std::move(act));
            transfer.digests.push_back(digest.asString());
        }
        m_custody.transfers.push_back(std::move(transfer));
    }

    void takeReceipt(const LedgerEntry& entry, const Value& data)
    {
        for (EvidenceTransfer& transfer : m_custody.transfers) {
            if (transfer.number != data["transfer"].asString())
                continue;
            transfer.isReceived = true;
            for (const std::string& digest : transfer.digests) {
                CustodyAct act = actOf(entry, data, "received");
                act.from = transfer.from;
                act.purpose = data["condition"].asString();
                EvidenceItem& item = itemOf(digest);
                item.holder = entry.actor.id;
                item.acts.push_back(std::move(act));
            }
        }
    }

    void takeErasure(const LedgerEntry& entry, const Value& data)
    {
        EvidenceItem& item = itemOf(data["digest"].asString());
        item.erasedBy = entry.seq;
        item.acts.push_back(actOf(entry, data, "erased"));
    }

    Custody m_custody;
    std::map<std::string, std::size_t> m_places; ///< by digest
};

} // namespace

const EvidenceItem* Custody::find(const std::string& name) const
{
    const EvidenceItem* found = nullptr;
    for (const EvidenceItem& item : items) {
        if (item.number == name && !name.empty())
            return &item;
        if (name.size() < shortestPrefix || !item.digest.starts_with(name))
            continue;
        if (found)
            return nullptr; // a beginning that is not one object's alone
        found = &item;
    }
    return found;
}

const EvidenceTransfer* Custody::transfer(const std::string& number) const
{
    const auto place = std::find_if(transfers.begin(), transfers.end(),
                                    [&](const EvidenceTransfer& one) { return one.number == number; });
    return place == transfers.end() ? nullptr : &*place;
}

Result<Custody> readCustody(const platform::Path& caseFolder, const std::function<bool(const LedgerEntry&)>& counts)
{
    Reading reading;
    CORDON_CHECK(eachEntryOf(caseFolder, "evidence.", [&](const LedgerEntry& entry) {
        if (!counts || counts(entry))
            reading.take(entry);
        return true;
    }));
    return reading.finish();
}

std::string receiptText(const EvidenceItem& item, const std::string& caseName, const std::string& origin)
{
    const auto shown = [](const std::string& text) { return escapedForDisplay(text); };
    std::string text = (item.number.empty() ? "EVIDENCE" : "EXHIBIT " + item.number) + "\n\n";
    text += "case        " + shown(caseName) + "\nledger      " + origin + "\n";
    text += "file        " + shown(item.name) + "\nsize        " + std::to_string(item.size) + " bytes\n";
    text += "SHA-256     " + item.digest + "\n";
    if (!item.parent.empty())
        text += "made of     " + item.parent + " (" + item.derivation + ")\n";
    text += std::string("legal hold  ") + (item.isHeld ? "yes: it must not be erased" : "no") + "\n";
    if (item.erasedBy >= 0)
        text += "erased      lawfully, entry " + std::to_string(item.erasedBy) + "\n";
    text += "\nchain of custody (UTC)\n";
    for (const CustodyAct& act : item.acts) {
        text += "  " + act.at.toString() + "  " + act.what + " by " + shown(act.who);
        if (!act.to.empty())
            text += " to " + shown(act.to);
        if (!act.from.empty())
            text += " from " + shown(act.from);
        if (!act.purpose.empty())
            text += ": " + shown(act.purpose);
        if (!act.method.empty())
            text += " (" + shown(act.method) + (act.tool.empty() ? "" : ", " + shown(act.tool)) + ")";
        text += "  [entry " + std::to_string(act.seq) + "]\n";
    }
    return text;
}

} // namespace cordon::record
