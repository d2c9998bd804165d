#include "core/engine/following.h"

#include "core/base/log.h"
#include "core/engine/case_documents.h"
#include "core/value/json.h"

namespace cordon::engine {

namespace {

ingest::ImportOptions importFrom(const Value& page)
{
    ingest::ImportOptions import;
    import.zone = page["zone"].asString();
    import.clockOffset = std::chrono::microseconds(page["clock_offset_us"].asInt());
    import.year = static_cast<int>(page["year"].asInt());
    return import;
}

} // namespace

Result<std::unique_ptr<Following>> Following::open(record::CaseStore& store, bool goesOn)
{
    CORDON_TRY(auto known, store.queries().followed());
    std::unique_ptr<Following> following(new Following(store, std::move(known)));
    CORDON_TRY(const auto sources, store.queries().documents(documents::quietKind));
    for (const auto& [source, text] : sources) {
        CORDON_TRY(const Value state, json::parse(text));
        following->m_quiet.restore(source, state);
    }
    CORDON_TRY(const auto roots, store.queries().documents(documents::followKind));
    for (const auto& [root, text] : roots) {
        CORDON_TRY(const Value page, json::parse(text));
        if (goesOn)
            CORDON_CHECK(following->add(root, page["by"].asString()));
    }
    return following;
}

Result<void> Following::add(const platform::Path& root, const std::string& by, const ingest::ImportOptions& import)
{
    m_people[root.string()] = by;
    m_imports[root.string()] = import;
    if (import == ingest::ImportOptions()) {
        CORDON_TRY(const auto pages, m_store.queries().documents(documents::followKind));
        for (const auto& [name, text] : pages) {
            if (name != root.string())
                continue;
            CORDON_TRY(const Value page, json::parse(text));
            m_imports[name] = importFrom(page);
        }
    }
    m_follower.add(root);
    m_watch.add(root);
    m_isLooking = false;
    return keepStates();
}

Result<std::unique_ptr<Following>> Following::reopened() const
{
    CORDON_TRY(auto again, open(m_store, false));
    for (const auto& [root, by] : m_people)
        CORDON_CHECK(again->add(root, by, m_imports.at(root)));
    return again;
}

Result<void> Following::remove(const platform::Path& root)
{
    if (!m_follower.roots().contains(root.string()))
        return fail(ErrorCode::NotFound, root.string() + ": is not followed");
    m_follower.remove(root);
    m_watch.remove(root);
    m_people.erase(root.string());
    m_imports.erase(root.string());
    m_kept.erase(root.string());
    m_isLooking = false;
    return m_store.removeDocument(documents::followKind, root.string());
}

std::optional<ingest::FollowStep> Following::next(Timestamp now)
{
    if (!m_isLooking) {
        m_follower.look();
        m_isLooking = true;
    }
    auto step = m_follower.next(now);
    m_isLooking = step.has_value();
    return step;
}

Result<void> Following::keepQuiet()
{
    for (const std::string& source : m_quiet.takeChanged())
        CORDON_CHECK(m_store.putDocument(documents::quietKind, source, json::write(m_quiet.stateOf(source))));
    return {};
}

Result<void> Following::keepStates()
{
    for (const std::string& root : m_follower.roots()) {
        const auto unreachable = m_follower.unreachable().find(root);
        const bool isReachable = unreachable == m_follower.unreachable().end();
        Value page = Value::Object{{"by", m_people[root]}, {"reading", m_isLooking && isReachable}};
        page.set("problem", isReachable ? std::string() : unreachable->second);
        const ingest::ImportOptions& import = m_imports[root];
        if (!import.zone.empty())
            page.set("zone", import.zone);
        if (import.clockOffset.count() != 0)
            page.set("clock_offset_us", std::int64_t{import.clockOffset.count()});
        if (import.year != 0)
            page.set("year", std::int64_t{import.year});
        std::string text = json::write(page);
        if (m_kept[root] == text)
            continue;
        if (!isReachable)
            logWarning(unreachable->second);
        CORDON_CHECK(m_store.putDocument(documents::followKind, root, text));
        m_kept[root] = std::move(text);
    }
    return {};
}

std::string Following::sourceOf(const Event& event)
{
    return event.tenant.empty() ? event.source : event.source + " " + event.tenant;
}

} // namespace cordon::engine
