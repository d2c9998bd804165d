#pragma once

#include "core/engine/commands.h"
#include "core/engine/journal.h"
#include "core/engine/unproven_acts.h"
#include "core/govern/people.h"
#include "core/record/case_folder.h"
#include "core/record/custody.h"

namespace cordon::engine {

/// What people do with evidence: exhibits, legal hold, handing over, lawful erasure. Everything ends in the ledger with
/// the person's own signature. Belongs to the engine thread. Source: docs/formats/evidence.md, "Custody"
class EvidenceOffice
{
public:
    EvidenceOffice(record::CaseFolder& folder, Journal& journal, const govern::PeopleDirectory& people, Timestamp now,
                   const UnprovenActs& unproven)
        : m_folder(folder), m_journal(journal), m_people(people), m_now(now), m_unproven(unproven)
    {
    }

    /// ErrorCode::NotFound for no such item or transfer, Denied for what hold or role forbid, Invalid for what the order
    /// does not say.
    [[nodiscard]] Result<void> handle(const HandleEvidence& order);

private:
    [[nodiscard]] Result<void> addExhibit(const HandleEvidence& order, const record::Custody& custody);
    [[nodiscard]] Result<void> setHold(const HandleEvidence& order, const record::Custody& custody);
    [[nodiscard]] Result<void> transfer(const HandleEvidence& order, const record::Custody& custody);
    [[nodiscard]] Result<void> mayHandOver(const record::EvidenceItem& item, const std::string& giver,
                                           const record::Custody& custody) const;
    [[nodiscard]] Result<void> receive(const HandleEvidence& order, const record::Custody& custody);
    [[nodiscard]] Result<void> erase(const HandleEvidence& order, const record::Custody& custody);
    [[nodiscard]] Result<void> write(const char* type, const HandleEvidence& order, Value data);

    record::CaseFolder& m_folder;
    Journal& m_journal;
    const govern::PeopleDirectory& m_people;
    Timestamp m_now;
    const UnprovenActs& m_unproven; ///< nobody signed them, so they hold, lift and hand over nothing
};

} // namespace cordon::engine
