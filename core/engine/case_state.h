#pragma once

#include "core/crypto/signing_key.h"
#include "core/engine/incident_file.h"
#include "core/record/case_folder.h"

#include <map>

namespace cordon::engine {

using IncidentFiles = std::map<IncidentId, IncidentFile>;

/// Writes one incident with everything that a reopened case needs, and what screens list of it.
/// Signed with the ledger's key, so that a page edited by another hand is seen.
[[nodiscard]] Result<void> saveIncident(record::CaseStore& store, const IncidentFile& file,
                                        const crypto::SigningKey& key);
/// Every incident of the case as it was saved last.
/// ErrorCode::Untrusted when a page does not bear the signature of the ledger's key.
[[nodiscard]] Result<IncidentFiles> loadIncidents(record::CaseStore& store, const crypto::PublicKey& key);

/// Of an index that is not believed: its incidents whose pages bear that signature all the same. For their numbers.
[[nodiscard]] Result<IncidentFiles> loadSignedIncidents(record::CaseQueries& index, const crypto::PublicKey& key);

/// An incident that went into another, as it was then: it comes back when they are parted again.
struct Absorbed
{
    IncidentId into; ///< which may have gone into another since
    IncidentFile file;
    /// What the other had only from this one, and gives back when they part.
    struct Given
    {
        bool hasAssignee = false;
        bool isConfirmed = false;
        std::vector<std::string> acceptedBy;
        std::vector<EntityRef> confirmed; ///< members that people had confirmed here and not there
    };
    Given given;
};
/// The same for incidents that are none any more; signed likewise.
[[nodiscard]] Result<void> saveAbsorbed(record::CaseStore& store, const Absorbed& absorbed,
                                        const crypto::SigningKey& key);
[[nodiscard]] Result<void> removeAbsorbed(record::CaseStore& store, IncidentId id);
[[nodiscard]] Result<std::map<IncidentId, Absorbed>> loadAbsorbed(record::CaseStore& store,
                                                                  const crypto::PublicKey& key);

} // namespace cordon::engine
