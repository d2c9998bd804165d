#pragma once

#include "core/crypto/sha256.h"
#include "core/record/case_schema.h"
#include "core/record/case_store.h"

#include <QTemporaryDir>
#include <QtTest>

namespace cordon::record::test {

inline Timestamp at(int seconds)
{
    return Timestamp::parse("2023-07-10T12:00:00Z").value() + std::chrono::seconds(seconds);
}

inline EntityRef account(const std::string& id)
{
    return {EntityKind::Account, id, "human", id + " name"};
}

inline EntityRef key(const std::string& id)
{
    return {EntityKind::Credential, id, "access_key", id};
}

inline Event anEvent(int seconds, const std::string& actor, const std::string& action)
{
    Event event;
    event.time = at(seconds);
    event.timeText = "2023-07-10T12:00:" + std::string(seconds < 10 ? "0" : "") + std::to_string(seconds) + "Z";
    event.source = "aws.cloudtrail";
    event.tenant = "123456789012";
    event.actor = account(actor);
    event.action = action;
    event.address = "192.0.2.1";
    event.outcome = EventOutcome::Success;
    event.externalId = "id-" + std::to_string(seconds);
    event.cite.offset = static_cast<std::uint64_t>(seconds) * 100;
    event.cite.length = 90;
    return event;
}

inline EvidenceRecord sealedWith(const std::string& content)
{
    EvidenceRecord record;
    record.digest = crypto::sha256(content);
    record.packedDigest = record.digest;
    record.size = content.size();
    return record;
}

/// An empty index with one source.
class CaseIndex
{
public:
    CaseIndex()
    {
        auto opened = store::Database::open(file(), store::Database::Mode::Create);
        if (!opened || !applyCaseSchema(*opened))
            qFatal("cannot make an index");
        m_database = std::make_unique<store::Database>(std::move(*opened));
        store = std::make_unique<CaseStore>(*m_database);
        source = store->addSource("logs/a.json", "aws.cloudtrail").value();
    }

    /// Four events: ana creates a key, bob fails, the key is used, ana reads.
    void addSome()
    {
        std::vector<Event> events{anEvent(30, "ana", "s3:GetObject"), anEvent(1, "ana", "iam:CreateAccessKey"),
                                  anEvent(10, "bob", "iam:DeleteUser"), anEvent(20, "eve", "sts:GetCallerIdentity")};
        events[1].isIdentityChange = true;
        events[1].targets = {{key("AKIA1"), "created"}, {account("bob"), "updated"}};
        events[2].outcome = EventOutcome::Failure;
        events[2].error = "AccessDenied";
        events[3].via = key("AKIA1");
        events[3].address = "198.51.100.7";
        events[3].isReadOnly = true;
        if (store->addEvents(source, events).value() != 4)
            qFatal("cannot add events");
    }

    [[nodiscard]] std::vector<std::string> actionsOf(const EventQuery& query) const
    {
        std::vector<std::string> actions;
        const auto events = store->queries().events(query, 0, 100).value();
        for (const Event& event : events)
            actions.push_back(event.action);
        return actions;
    }
    [[nodiscard]] std::filesystem::path file() const { return m_temporary.filePath("case.db").toStdString(); }

private:
    QTemporaryDir m_temporary;
    std::unique_ptr<store::Database> m_database;

public:
    std::unique_ptr<CaseStore> store; ///< after the database that it uses
    SourceId source;
};

} // namespace cordon::record::test
