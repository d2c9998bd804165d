#include "core/engine/case_documents.h"
#include "core/engine/case_reader.h"
#include "tests/core/engine/case_fixture.h"

using namespace cordon;
using namespace cordon::tests;

/// What a case tells of its requests while nobody holds it.
class TestWaitingRequests : public QObject
{
    Q_OBJECT

private slots:
    void whatRanOutDoesNotWait()
    {
        QTemporaryDir dir;
        const MachineClock clock;
        const std::filesystem::path folder = dir.filePath("a.cordon").toStdString();
        {
            record::CaseOptions options;
            options.home = dir.filePath("home").toStdString();
            const auto made = CaseFixture::must(record::CaseFolder::create(folder, std::move(options), clock));
            VERIFY_DONE(made->store().write([&]() -> Result<void> {
                for (const auto& [id, until] : {std::pair{"AR-0001", "2026-01-01T00:00:00Z"}, std::pair{"AR-0002", "2999-01-01T00:00:00Z"}})
                    CORDON_CHECK(made->store().putDocument(engine::documents::approvalKind, id,
                                                           json::write(Value::Object{{"id", id}, {"state", "waiting"}, {"approve_by", until}})));
                return {};
            }));
            VERIFY_DONE(made->close());
        }
        const auto rows = CaseFixture::must(CaseFixture::must(engine::CaseReader::open(folder))->approvals());
        QCOMPARE(rows.size(), std::size_t(2));
        QCOMPARE(rows.front().state, std::string("expired"));
        QCOMPARE(rows.back().state, std::string("waiting"));
    }
};

QTEST_GUILESS_MAIN(TestWaitingRequests)
#include "tst_waiting_requests.moc"
