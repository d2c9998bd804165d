#pragma once

#include "core/engine/case_report.h"
#include "core/engine/codec.h"
#include "tests/core/engine/case_fixture.h"
#include "tests/core/engine/signed_orders.h"

namespace cordon::tests {

inline const std::vector<const char*> indexFiles{"case.db", "case.db-wal", "case.db-shm"};

/// Everything that the index answers, but for the order in which it numbered words and entities.
inline QByteArray answersOf(const CaseFixture& fixture)
{
    auto database = CaseFixture::must(
        store::Database::open(record::databasePath(fixture.folder()), store::Database::Mode::ReadOnly));
    QByteArray answers;
    for (const char* sql :
         {"SELECT * FROM meta ORDER BY 1", "SELECT * FROM documents ORDER BY 1, 2", "SELECT * FROM sources ORDER BY 1",
          "SELECT * FROM followed ORDER BY 1", "SELECT * FROM rejected ORDER BY 1", "SELECT * FROM alerts ORDER BY 1",
          "SELECT * FROM alert_events ORDER BY 1, 2", "SELECT * FROM incidents ORDER BY 1",
          "SELECT i.incident, e.key, e.type, e.name FROM incident_entities i JOIN entities e ON e.id = i.entity "
          "ORDER BY 1, 2",
          "SELECT e.id, e.time, e.source, e.offset, e.length, e.identity, w.text, a.key, v.key, e.outcome, e.flags, "
          "e.external_id, e.time_text FROM events e LEFT JOIN words w ON w.id = e.action LEFT JOIN entities a ON a.id = "
          "e.actor LEFT JOIN entities v ON v.id = e.via ORDER BY 1",
          "SELECT e.key, p.time, p.event, p.roles FROM event_entities p JOIN entities e ON e.id = p.entity ORDER BY 1, "
          "2, 3",
          "SELECT key, type, name FROM entities ORDER BY 1", "SELECT * FROM ledger_index ORDER BY 1"}) {
        auto rows = CaseFixture::must(database.prepare(sql));
        answers += QByteArray("\n") + sql + "\n";
        while (CaseFixture::must(rows.step())) {
            for (int column = 0; column < 20; ++column)
                answers += QByteArray::fromStdString(rows.text(column)) + "|";
            answers += "\n";
        }
    }
    return answers;
}

inline QByteArray reportOf(const CaseFixture& fixture)
{
    return QByteArray::fromStdString(json::write(CaseFixture::must(engine::caseReport(fixture.folder()))));
}

/// Where two texts first differ, so that a failure says what.
inline QByteArray difference(const QByteArray& before, const QByteArray& after)
{
    qsizetype at = 0;
    while (at < before.size() && at < after.size() && before[at] == after[at])
        ++at;
    const qsizetype from = std::max<qsizetype>(0, at - 150);
    return "before: " + before.mid(from, 400) + "\n after: " + after.mid(from, 400);
}

#define COMPARE_TEXTS(after, before) QVERIFY2((after) == (before), difference(before, after).constData())

inline void removeIndex(const CaseFixture& fixture)
{
    for (const char* file : indexFiles)
        std::filesystem::remove(fixture.folder() / file);
}

inline engine::EngineOptions bare(const CaseFixture& fixture)
{
    engine::EngineOptions options = fixture.options("");
    options.logs.clear();
    options.replay = engine::ReplayMode::None;
    return options;
}

/// Opens the case, which fills its index, and closes it. @return what was told
inline QByteArray reopen(const CaseFixture& fixture, engine::EngineOptions options)
{
    QByteArray told;
    CaseFixture::must(engine::Pipeline::open(std::move(options), fixture.machine, [&](const engine::Notice& notice) {
        if (notice.message)
            told += QByteArray::fromStdString(notice.message->code + " " + json::write(engine::codec::toValue(*notice.message)));
    }));
    return told;
}

inline QByteArray reopen(const CaseFixture& fixture)
{
    return reopen(fixture, bare(fixture));
}

/// A run with approvals, an undo and notes.
inline void workOn(CaseFixture& fixture)
{
    const auto held = fixture.run();
    const std::string request = CaseFixture::step(*held, "policy.detach")->request;
    for (int slot = 1; slot <= 2; ++slot) {
        const auto given = fixture.answer(*held, request, slot == 1 ? "user:commander-a" : "user:commander-b", true, slot);
        if (given.reply.empty())
            break;
        (void)held->apply(engine::SubmitReply{given.reply}, {});
    }
    const auto incident = held->files().begin()->first;
    const std::string name = toString(incident);
    CaseFixture::must(give(*held, fixture, "user:analyst-a", "note",
                           Value::Object{{"incident", name}, {"text", "looks like the build key"}}));
    CaseFixture::must(give(*held, fixture, "user:analyst-a", "assign",
                           Value::Object{{"incident", name}, {"to", "user:analyst-a"}}));
    const Step* off = CaseFixture::step(*held, "credential.deactivate", SmallAttack::newKey);
    CaseFixture::must(obey(*held, fixture, engine::UndoStep{off->id, "user:analyst-a", false}));
    CaseFixture::must(held->finish());
}

struct Answers
{
    QByteArray index;
    QByteArray report;
    QByteArray verdict;
    bool operator==(const Answers&) const = default;
};
inline Answers allOf(const CaseFixture& fixture)
{
    return {answersOf(fixture), reportOf(fixture), QByteArray::fromStdString(fixture.verdict().toText())};
}

inline void compareAnswers(const Answers& after, const Answers& before)
{
    COMPARE_TEXTS(after.report, before.report);
    COMPARE_TEXTS(after.verdict, before.verdict);
    COMPARE_TEXTS(after.index, before.index);
}

} // namespace cordon::tests
