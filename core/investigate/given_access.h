#pragma once

#include "core/investigate/access_document.h"
#include "core/investigate/access_place.h"
#include "core/investigate/life.h"

namespace cordon::investigate {

/// What became of access that an event gave. Where the log cannot say, or tells two changes of one time, it still
/// stands. Each holder and each document is read once, however many changes a flood made of it.
class GivenAccess
{
public:
    GivenAccess(const Inquiry& inquiry, Lives& lives)
        : m_inquiry(inquiry)
        , m_lives(lives)
    {}

    /// True when what `given` gave to the holder was taken back: detached, or it, its holder or what binds them
    /// deleted. What is taken in one place stands in another; where a record tells no place, it speaks of all.
    [[nodiscard]] Result<bool> wasTakenBack(const Event& given, const EntityRef& grant, const EntityRef& holder,
                                            const AccessPlace& place);
    /// True when everybody whom the thing was opened to from `given` on was shut out again.
    [[nodiscard]] Result<bool> wasClosedAgain(const Event& given, const EntityRef& thing) const;
    /// True when the document that counts for the role or policy at the end holds nothing more of what `change` let in:
    /// who may assume the role, what the policy allows. What was allowed before the incident is not what it let in.
    [[nodiscard]] Result<bool> wasRestored(const Event& change, const EntityRef& thing);
    /// True when the change wrote a version of a policy that does not count.
    [[nodiscard]] bool isWithoutEffect(const Event& change) const;
    /// True when it was deleted after `given`.
    [[nodiscard]] Result<bool> isGone(const EntityRef& entity, const Event& given);

private:
    [[nodiscard]] Result<bool> isLeftOut(const Event& given, const EntityRef& grant, const EntityRef& holder, Timestamp lastGiven) const;
    using InPlaces = std::map<EntityRef, std::map<std::string, Timestamp>>; ///< "" where the record tells no place
    /// Of a holder: when each right was last given and taken, and where.
    struct Holdings
    {
        InPlaces given;
        InPlaces taken;
        std::map<std::string, Timestamp> leavings; ///< by place: when it was taken all that it had there
        EndOfLife end;
    };
    struct Written
    {
        EventId event;
        Timestamp time;
        bool isAttributed = false;
        AccessDocument document;
    };

    [[nodiscard]] Result<std::vector<Event>> changesOf(const EntityRef& entity, Timestamp since) const;
    [[nodiscard]] Result<std::vector<Event>> naming(const EntityRef& entity, Timestamp since) const;
    [[nodiscard]] Holdings holdingsIn(const std::vector<Event>& events, const EntityRef& holder) const;
    [[nodiscard]] AccessDocument documentOf(const Event& event) const;
    [[nodiscard]] Result<const std::vector<Written>*> documentsOf(const EntityRef& thing);

    const Inquiry& m_inquiry;
    Lives& m_lives;
    std::map<EntityRef, Holdings> m_holdings;
    std::map<EntityRef, std::vector<Written>> m_documents;
};

} // namespace cordon::investigate
