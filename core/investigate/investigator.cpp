#include "core/investigate/investigator.h"

#include "core/investigate/dependents.h"
#include "core/investigate/identity_history.h"
#include "core/investigate/inquiry.h"
#include "core/investigate/rarity.h"
#include "core/investigate/residual_access.h"
#include "core/investigate/story.h"

namespace cordon::investigate {

Result<Brief> Investigator::brief(const Incident& incident, const std::vector<Alert>& alerts,
                                  const EventLookup& lookup) const
{
    CORDON_TRY(Inquiry inquiry, inquire(incident, alerts, lookup, m_reach));
    inquiry.records = m_records;
    Brief brief;
    CORDON_TRY(IdentityHistory history, identityChangesOf(inquiry));
    brief.identityChanges = history.changes;
    brief.lookedBackTo = history.lookedBackTo;
    std::vector<ShortPast> shortPasts;
    CORDON_TRY(brief.rarities, raritiesOf(inquiry, shortPasts));
    CORDON_TRY(brief.dependents, dependentsOf(inquiry));
    CORDON_TRY(brief.residual, residualAccessOf(inquiry));
    CORDON_TRY(brief.story, storyOf(inquiry, brief, history, shortPasts));
    return brief;
}

} // namespace cordon::investigate
