#include "core/record/incident_sealing.h"

#include "core/crypto/random.h"
#include "core/platform/beneath.h"
#include "core/record/case_folder.h"
#include "core/record/incident_part.h"
#include "core/record/index_copy.h"
#include "core/record/ledger_format.h"
#include "core/record/ledger_reader.h"
#include "core/record/sealing_moment.h"
#include "core/record/tlog_proof.h"
#include "core/value/json.h"

#include <algorithm>
#include <set>

namespace cordon::record {
namespace {

std::string numbered(std::int64_t number)
{
    std::string digits = std::to_string(number);
    return digits.insert(0, static_cast<std::size_t>(std::max(0, format::numberDigits - static_cast<int>(digits.size()))), '0');
}

/// Numbers of records that anything in the incident's page refers to.
void collectRecords(const Value& value, std::set<std::int64_t>& records)
{
    for (const auto& [name, member] : value.asObject()) {
        if (name == "cites" || name == "events") {
            for (const Value& item : member.asArray())
                records.insert(item.isInt() ? item.asInt() : item["id"].asInt());
        }
        collectRecords(member, records);
    }
    for (const Value& item : value.asArray())
        collectRecords(item, records);
}

/// What holds for the whole ledger, and without which an incident's entries cannot be judged.
bool isCommon(const LedgerEntry& entry)
{
    const std::set<std::string, std::less<>> types{"ledger.genesis", "mandate.in_force", "person.joined", "person.left",
                                                   "agent.halted", "agent.resumed"};
    return types.contains(entry.type) || entry.type.starts_with("ledger.epoch") || entry.type.starts_with("ledger.key");
}

/// What goes into the file.
struct Selection
{
    std::set<std::int64_t> records;
    std::map<std::int64_t, std::string> entries; ///< canonical bytes by number
    std::set<std::string> objects;               ///< digests of evidence that goes over whole
    std::set<std::string> logs;                  ///< digests of logs of which only records go over
    std::set<std::string> keys;                  ///< digests of encrypted evidence of which anything goes over
    std::int64_t left = 0;                       ///< entries that stay behind
    std::int64_t exhibits = 0;                   ///< likewise
};

class Sealing
{
public:
    Sealing(const platform::Path& folder, std::string incident, const SealOptions& options)
        : m_folder(folder), m_incident(std::move(incident)), m_options(options), m_vault(evidencePath(folder))
    {}

    Result<SealResult> run(const platform::Path& out, const MachineClock& clock)
    {
        CORDON_TRY(SealedWriter writer, SealedWriter::create(out));
        CORDON_TRY(const std::int64_t number, findIncident());
        SealResult result;
        const SealingNote note{m_incident, out.filename().string(), m_options.sealedBy, m_options.program};
        CORDON_TRY(SealingMoment moment, beginSealing(m_folder, m_options, note, clock));
        result.isNoted = moment.isNoted;
        CORDON_TRY(const SignedPrefix prefix, checkedPrefix(m_folder, moment.entries, m_options));
        CORDON_TRY(const auto key, LogKeys(m_options.home).rootKey(prefix.origin));
        // What was compared is what is taken, whoever writes into the case meanwhile.
        CORDON_TRY(const IndexCopy whole, IndexCopy::make(moment.index, out, prefix.entries, m_options.stop));
        CORDON_CHECK(checkIndex(m_folder, whole.path(), prefix.entries, false, m_options.stop));
        CORDON_TRY(m_index, CaseIndexReader::open(whole.path()));
        CORDON_CHECK(openVault(prefix));
        CORDON_CHECK(collect(number));
        CORDON_CHECK(select(prefix));
        CORDON_CHECK(writeEntries(writer, prefix));
        CORDON_CHECK(writeRecords(writer));
        for (const std::string& object : m_chosen.objects)
            CORDON_CHECK(writeObject(writer, object));
        CORDON_CHECK(writeKeys(writer, prefix));
        CORDON_CHECK(writeIndex(writer, whole.path(), out, number));
        result.manifest = manifestOf(m_folder, prefix, m_options, key.publicKey(), clock);
        result.manifest.isWhole = false;
        result.manifest.incident = m_incident;
        result.manifest.redactions = redactions(result.isNoted);
        CORDON_TRY(result.file, writer.finish(result.manifest, key, m_options.stop));
        return result;
    }

private:
    /// Records of an encrypted log can be cut out of it only with the case key.
    Result<void> openVault(const SignedPrefix& prefix)
    {
        const crypto::SecretBytes none;
        CORDON_TRY(CaseKey key, caseKey(m_options.home, prefix.origin, false,
                                        m_options.evidencePassphrase ? *m_options.evidencePassphrase : none));
        m_vault = EvidenceVault(evidencePath(m_folder), std::move(key), false);
        return {};
    }

    Result<std::int64_t> findIncident()
    {
        CORDON_TRY(m_index, CaseIndexReader::open(databasePath(m_folder)));
        CORDON_TRY(const auto ids, m_index->queries().incidentIds());
        for (const IncidentId id : ids) {
            if (toString(id) == m_incident)
                return id.value;
        }
        return fail(ErrorCode::NotFound, "no incident " + m_incident + " in this case");
    }

    Result<void> collect(std::int64_t number)
    {
        CORDON_TRY(const StoredIncident stored, m_index->queries().incident(IncidentId{number}));
        CORDON_TRY(const Value page, json::parse(stored.body));
        collectRecords(page, m_chosen.records);
        for (std::int64_t offset = 0;; offset += pageSize) {
            CORDON_TRY(const auto alerts, m_index->queries().alerts(IncidentId{number}, offset, pageSize));
            for (const StoredAlert& alert : alerts) {
                CORDON_TRY(const Value body, json::parse(alert.body));
                collectRecords(body, m_chosen.records);
            }
            if (alerts.size() < static_cast<std::size_t>(pageSize))
                break;
        }
        for (const std::int64_t record : m_chosen.records) {
            const auto event = m_index->queries().event(EventId{record});
            if (event)
                m_chosen.logs.insert(event->cite.evidence.hex());
        }
        return {};
    }

    /// Entries of the incident, what holds for all, and what says where its evidence came from.
    Result<void> select(const SignedPrefix& prefix)
    {
        return eachEntryBytes(m_folder, [&](std::string_view bytes, const LedgerEntry& entry) {
            if (entry.seq >= prefix.entries)
                return false;
            const std::string& digest = entry.data["digest"].asString();
            const bool isOwn = entry.incident == m_incident;
            if (isOwn || isCommon(entry) || isOfChosenEvidence(entry))
                m_chosen.entries.emplace(entry.seq, bytes);
            else
                ++m_chosen.left;
            m_chosen.exhibits += !isOwn && entry.type == "evidence.sealed" && entry.data["kind"].asString() == "exhibit" ? 1 : 0;
            if (isOwn && entry.type == "evidence.sealed" && entry.data["kind"].asString() != "log")
                m_chosen.objects.insert(digest);
            return true;
        });
    }

    /// What was sealed, held, handed over or erased that goes over itself, or of which records do.
    [[nodiscard]] bool isOfChosenEvidence(const LedgerEntry& entry) const
    {
        if (!entry.type.starts_with("evidence."))
            return false;
        const auto isChosen = [this](const Value& digest) {
            return m_chosen.logs.contains(digest.asString()) || m_chosen.objects.contains(digest.asString());
        };
        const auto& several = entry.data["digests"].asArray();
        return isChosen(entry.data["digest"]) || std::any_of(several.begin(), several.end(), isChosen);
    }

    Result<void> writeEntries(SealedWriter& writer, const SignedPrefix& prefix)
    {
        CORDON_TRY(const ProofMaker proofs, ProofMaker::open(ledgerIn(m_folder)));
        const std::string head = std::string(format::ledgerFolder) + "/" + std::string(format::checkpointFolder) + "/" + prefix.checkpointFile;
        CORDON_TRY(const std::string note, platform::readBeneath(m_folder, head, 64U << 10U));
        CORDON_CHECK(writer.add(head, note));
        for (const auto& [seq, bytes] : m_chosen.entries) {
            CORDON_CHECK(writer.add("entries/" + numbered(seq) + ".json", bytes));
            CORDON_TRY(const std::string proof, proofs.proofOf(seq));
            CORDON_CHECK(writer.add("entries/" + numbered(seq) + ".tlog-proof", proof));
        }
        return {};
    }

    /// Each cited record byte for byte, under the place in its log that it is cited by.
    Result<void> writeRecords(SealedWriter& writer)
    {
        std::set<Citation> written;
        for (const std::int64_t record : m_chosen.records) {
            const auto event = m_index->queries().event(EventId{record});
            if (!event || !written.insert(event->cite).second)
                continue;
            if (m_options.stop.stop_requested())
                return fail(ErrorCode::Cancelled, "sealing was stopped");
            CORDON_CHECK(writeRecord(writer, event->cite));
        }
        return {};
    }

    /// Out of an encrypted log a record goes over encrypted, under the same key as the log: whoever may read the log may
    /// read it, and erasing the key erases it as well.
    Result<void> writeRecord(SealedWriter& writer, const Citation& cite)
    {
        CORDON_TRY(const std::string bytes, m_vault.read(cite));
        CORDON_TRY(const auto container, m_vault.containerOf(cite.evidence));
        if (!container)
            return writer.add("evidence/" + citedRecordName(cite), bytes);
        CORDON_TRY(const crypto::SecretBytes key, m_vault.keys().keyOf(cite.evidence));
        const std::string nonce = crypto::randomBytes(crypto::aeadNonceSize);
        m_chosen.keys.insert(cite.evidence.hex());
        return writer.add("evidence/" + encryptedRecordName(cite),
                          nonce + crypto::sealBytes(key, nonce, encryptedRecordContext(cite), bytesOf(bytes)));
    }

    /// Wrapped keys as they lie there; what was erased has none.
    Result<void> writeKeys(SealedWriter& writer, const SignedPrefix& prefix)
    {
        m_chosen.keys.insert(m_chosen.objects.begin(), m_chosen.objects.end());
        for (const std::string& digest : m_chosen.keys) {
            const std::string name = wrappedKeyFile(m_folder, digest, prefix);
            if (name.empty())
                continue;
            CORDON_TRY(const std::string wrapped, platform::readBeneath(m_folder, name, 4096));
            CORDON_CHECK(writer.add(name, wrapped));
        }
        return {};
    }

    Result<void> writeObject(SealedWriter& writer, const std::string& hex)
    {
        const std::string name = "evidence/sha256/" + hex.substr(0, 2) + "/" + hex;
        CORDON_TRY(const auto file, platform::openBeneath(m_folder, name));
        CORDON_TRY(const std::uint64_t size, file.size());
        return writer.add(name, file, size, m_options.stop);
    }

    Result<void> writeIndex(SealedWriter& writer, const platform::Path& whole, const platform::Path& out, std::int64_t number)
    {
        std::vector<std::int64_t> entries;
        for (const auto& [seq, bytes] : m_chosen.entries)
            entries.push_back(seq);
        CORDON_TRY(const IndexCopy index,
                   IndexCopy::makeOfIncident(whole, out, number,
                                             {m_chosen.records.begin(), m_chosen.records.end()}, entries));
        CORDON_TRY(const auto file, platform::File::openForReading(index.path()));
        CORDON_TRY(const std::uint64_t size, file.size());
        return writer.add("case.db", file, size, m_options.stop);
    }

    Value redactions(bool isNoted) const
    {
        const auto left = [](const char* what, std::int64_t count, const char* why) {
            return Value(Value::Object{{"what", what}, {"count", count}, {"why", why}});
        };
        Value::Array told{
            left("ledger entries", m_chosen.left, "not of this incident; the root under the proofs covers them"),
            left("logs", static_cast<std::int64_t>(m_chosen.logs.size()),
                 "only the records that the incident cites are here, as the sealer read them out of the logs; their bytes rest on the seal"),
            left("index", 1, "narrowed to the incident, its alerts and their records"),
        };
        if (m_chosen.exhibits > 0)
            told.push_back(left("exhibits", m_chosen.exhibits, "they belong to the case, not to one incident"));
        if (!isNoted)
            told.push_back(missingNote());
        return told;
    }

    static constexpr int pageSize = 1000;
    const platform::Path& m_folder;
    std::string m_incident;
    const SealOptions& m_options;
    EvidenceVault m_vault;
    std::unique_ptr<CaseIndexReader> m_index;
    Selection m_chosen;
};

} // namespace

Result<SealResult> sealIncident(const platform::Path& caseFolder, const std::string& incident, const platform::Path& out,
                                const SealOptions& options, const MachineClock& clock)
{
    if (!isCase(caseFolder))
        return fail(ErrorCode::NotFound, caseFolder.string() + ": no case here");
    return Sealing(caseFolder, incident, options).run(out, clock);
}

} // namespace cordon::record
