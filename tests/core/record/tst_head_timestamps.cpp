#include "core/record/head_timestamps.h"

#include "core/crypto/sha256.h"
#include "core/crypto/timestamp_token.h"
#include "core/record/ledger.h"
#include "core/record/ledger_auditor.h"
#include "tests/support/time_stamping_authority.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace cordon;
using namespace cordon::record;

/// RFC 3161 over signed heads, with an authority of the test's own.
class TestHeadTimestamps : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_temporary = std::make_unique<QTemporaryDir>(); }

    void aReplyIsOverOneDigestAndLeadsToItsAuthority();
    void everyBitOfAReplyCounts();
    void aHeadIsStampedAndReported();
    void aReplyOverAnotherHeadIsRefused();
    void aTokenThatWasSwappedIsTampering();

private:
    [[nodiscard]] platform::Path at(const char* name) const { return m_temporary->filePath(name).toStdString(); }
    Ledger make(const char* name = "case")
    {
        return Ledger::create(at(name), std::string("cordon.local/ledger/") + name, Value::Object{}, LogKeys(at("home")), m_clock).value();
    }
    [[nodiscard]] VerifyReport verify() const
    {
        AuditOptions options;
        options.home = at("home");
        options.checksEvidence = false;
        return LedgerAuditor(options).verify(at("case")).value();
    }
    MachineClock m_clock;
    test::TimeStampingAuthority m_authority;
    std::unique_ptr<QTemporaryDir> m_temporary;
};

void TestHeadTimestamps::aReplyIsOverOneDigestAndLeadsToItsAuthority()
{
    const Digest digest = crypto::sha256("a head");
    const std::string reply = m_authority.reply(crypto::timestampRequest(digest));
    const auto token = crypto::readTimestampReply(reply, digest, m_authority.pem());
    QVERIFY2(token, token ? "" : token.error().detail.c_str());
    QVERIFY(token->isTrusted);
    QVERIFY(token->time > m_clock.now() - std::chrono::minutes(5) && token->time < m_clock.now() + std::chrono::minutes(5));
    QVERIFY(!crypto::readTimestampReply(reply, digest, "")->isTrusted);
    QVERIFY(crypto::readTimestampReply(reply, crypto::sha256("another"), m_authority.pem()).error().code == ErrorCode::Invalid);
    const test::TimeStampingAuthority stranger;
    QVERIFY(crypto::readTimestampReply(reply, digest, stranger.pem()).error().code == ErrorCode::Untrusted);
    QVERIFY(!crypto::readTimestampReply("", digest, ""));
    QVERIFY(!crypto::readTimestampReply(reply + "x", digest, ""));
    QVERIFY(!crypto::readTimestampReply(reply, digest, "no certificate"));
}

void TestHeadTimestamps::everyBitOfAReplyCounts()
{
    const Digest digest = crypto::sha256("a head");
    const std::string reply = m_authority.reply(crypto::timestampRequest(digest));
    const std::string pem = m_authority.pem();
    int harmless = 0;
    for (std::size_t i = 0; i < reply.size(); ++i) {
        std::string changed = reply;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        const auto token = crypto::readTimestampReply(changed, digest, pem);
        // What lies outside the signature (such as names of parameters) may change; time and digest may not.
        harmless += token && token->isTrusted ? 1 : 0;
        QVERIFY(!token || !token->isTrusted || token->time == crypto::readTimestampReply(reply, digest, pem)->time);
    }
    QVERIFY2(harmless < 40, qPrintable(QString::number(harmless)));
}

void TestHeadTimestamps::aHeadIsStampedAndReported()
{
    QVERIFY(platform::makeFolders(at("home")));
    QVERIFY(platform::writeFileAtomically(at("home") / "tsa.pem", m_authority.pem()));
    Ledger ledger = make();
    const auto request = headTimestampRequest(at("case"));
    QVERIFY(request);
    QCOMPARE(keepHeadTimestamp(at("case"), m_authority.reply(*request), pinnedAuthorities(at("home"))).value(), std::int64_t{1});
    VerifyReport report = verify();
    QCOMPARE(report.exitStatus(), 0);
    QCOMPARE(report.timestamps.trusted, 1);
    QVERIFY(report.toText().find("RFC3161 1/1 trusted, size 1 at ") != std::string::npos);
    // Where nobody is trusted it counts for nothing, and breaks nothing.
    std::filesystem::remove(at("home") / "tsa.pem");
    report = verify();
    QCOMPARE(report.exitStatus(), 0);
    QCOMPARE(report.timestamps.trusted, 0);
}

void TestHeadTimestamps::aReplyOverAnotherHeadIsRefused()
{
    Ledger ledger = make();
    Ledger other = make("other");
    const std::string reply = m_authority.reply(headTimestampRequest(at("other")).value());
    QVERIFY(keepHeadTimestamp(at("case"), reply, "").error().code == ErrorCode::Invalid);
    QVERIFY(keepHeadTimestamp(at("case"), "nonsense", "").error().code == ErrorCode::Invalid);
    const std::string own = m_authority.reply(headTimestampRequest(at("case")).value());
    const test::TimeStampingAuthority stranger;
    QVERIFY(keepHeadTimestamp(at("case"), own, stranger.pem()).error().code == ErrorCode::Untrusted);
    QVERIFY(!std::filesystem::exists(at("case") / "ledger" / "timestamps"));
}

void TestHeadTimestamps::aTokenThatWasSwappedIsTampering()
{
    Ledger ledger = make();
    Ledger other = make("other");
    QVERIFY(keepHeadTimestamp(at("other"), m_authority.reply(headTimestampRequest(at("other")).value()), ""));
    QVERIFY(platform::makeFolders(at("case") / "ledger" / "timestamps"));
    std::filesystem::copy(at("other") / "ledger" / "timestamps" / "00000001.tsr", at("case") / "ledger" / "timestamps" / "00000001.tsr");
    const VerifyReport report = verify();
    QCOMPARE(report.exitStatus(), 1);
    QCOMPARE(report.problems.front().file, std::string("ledger/timestamps/00000001.tsr"));
}

QTEST_GUILESS_MAIN(TestHeadTimestamps)
#include "tst_head_timestamps.moc"
