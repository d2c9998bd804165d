#include "core/base/log.h"
#include "core/engine/case_report.h"
#include "core/engine/report.h"
#include "core/exports/export.h"
#include "tests/core/engine/case_fixture.h"
#include "tests/support/written_report.h"

#include <QFile>
#include <cstdlib>
#include <fcntl.h>
#include <sstream>
#include <unistd.h>

using namespace cordon;
using namespace cordon::tests;

namespace {

/// Twenty secrets in the shapes that providers give them, made up here: no scanner of sources takes them for a leak.
std::vector<std::string> canaries()
{
    std::vector<std::string> made;
    int number = 0;
    for (const char* start : {"ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "xapp-", "sk_live_",
                              "rk_live_", "AIza", "npm_", "hvs.", "dop_v1_", "shpat_", "ya29."})
        made.push_back(std::string(start) + "C4naRy" + std::to_string(1000 + number++) + "aBcDeFgH2jKlMnPq");
    made.push_back("eyJhbGciOiJIUzI1NiJ9.eyJDYW5hcnkiOiIxIn0.C4naRyaBcDeFgH2jKlMnPq");
    made.push_back("wC4naRyEnvironmentKey/0123456789abcdefgh"); // 40, as AWS makes them
    made.push_back("C4naRyVaultSecret0123456789+abcdefghijkL");
    made.push_back("C4naRyPassWord99");
    return made;
}

/// What a key file keeps: the last word of it.
QByteArray secretIn(const QByteArray& file)
{
    const QByteArray trimmed = file.trimmed();
    const qsizetype space = trimmed.lastIndexOf(' ');
    return trimmed.mid(space + 1);
}

QByteArray bytesOfFile(const std::filesystem::path& path)
{
    QFile file(QString::fromStdString(path.string()));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Sends what the program logs into a file while it lives.
class LogCatcher
{
public:
    explicit LogCatcher(const std::filesystem::path& file) : m_file(file), m_before(::dup(2))
    {
        const int to = ::open(file.c_str(), O_CREAT | O_WRONLY | O_TRUNC, 0600);
        ::dup2(to, 2);
        ::close(to);
    }
    ~LogCatcher()
    {
        ::dup2(m_before, 2);
        ::close(m_before);
    }
    LogCatcher(const LogCatcher&) = delete;
    LogCatcher& operator=(const LogCatcher&) = delete;
    [[nodiscard]] QByteArray text() const { return bytesOfFile(m_file); }

private:
    std::filesystem::path m_file;
    int m_before;
};

} // namespace

class TestSecretLeakage : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        ::setenv("CORDON_LOG", "debug", 1);
        ::setenv("AWS_SECRET_ACCESS_KEY", canaries()[17].c_str(), 1);
    }

    // NHI2
    void nhi2NoSecretOfTheLogOrTheMachineReachesWhatIsDerived()
    {
        const std::vector<std::string> secrets = canaries();
        QCOMPARE(secrets.size(), std::size_t(20));
        CaseFixture fixture;
        std::ostringstream all;
        all << std::ifstream(fixture.log(), std::ios::binary).rdbuf();
        const Value log = CaseFixture::must(json::parse(all.str()));
        std::size_t next = 0;
        Value::Array records;
        for (Value record : log["Records"].asArray()) {
            const std::string& secret = secrets[next++ % secrets.size()];
            // The last one has no maker's shape: only its name gives it away.
            record.set("userAgent", "tool/1 password=" + secret + " " + (secret == secrets[19] ? "" : secret));
            if (record.has("errorMessage"))
                record.set("errorMessage", "refused: \"password\": \"" + secret + "\" " + secrets[3]);
            record.set("additionalEventData", Value::Object{{"note", secret}});
            records.push_back(std::move(record));
        }
        std::ofstream(fixture.log(), std::ios::binary)
            << json::write(Value::Object{{"Records", std::move(records)}}) << "\n{\"broken\": \"password=" << secrets[0];

        QByteArray logged;
        std::string derived;
        {
            const LogCatcher catcher(fixture.path("program.log"));
            const auto held = fixture.run();
            const Step* asked = CaseFixture::step(*held, "policy.detach");
            const auto reply = fixture.answer(*held, asked->request, "user:commander-a");
            VERIFY_DONE(held->apply(engine::SubmitReply{reply.reply}, {}));
            VERIFY_DONE(held->finish());
            const Value report = CaseFixture::must(held->report());
            derived = json::writePretty(report) + test::writtenReport(report, engine::ReportFormat::Text) +
                      test::writtenReport(report, engine::ReportFormat::Markdown);
            logWarning("a connector said: password=" + secrets[19] + " and " + secrets[1]);
            logged = catcher.text();
        }
        QVERIFY(!logged.isEmpty());
        QByteArray ledger;
        for (const auto& item : std::filesystem::recursive_directory_iterator(fixture.folder() / "ledger"))
            ledger += bytesOfFile(item.path());
        const QByteArray index = bytesOfFile(fixture.folder() / "case.db") + bytesOfFile(fixture.folder() / "case.db-wal");
        QVERIFY(ledger.size() > 1000 && index.size() > 1000);
        for (const std::string& secret : secrets) {
            QVERIFY2(!ledger.contains(secret.c_str()), secret.c_str());
            QVERIFY2(!index.contains(secret.c_str()), secret.c_str());
            QVERIFY2(!logged.contains(secret.c_str()), secret.c_str());
            QVERIFY2(derived.find(secret) == std::string::npos, secret.c_str());
        }
    }

    // NHI2: the machine's own keys, each of them, in the case and in whatever is made of it for others.
    void nhi2NoPrivateKeyLeavesItsPlace()
    {
        CaseFixture fixture;
        engine::EngineOptions options = fixture.options();
        options.encryptsEvidence = true;
        {
            const auto held = fixture.open(options);
            CaseFixture::must(held->run({}));
            CaseFixture::must(held->finish());
        }
        std::map<std::string, QByteArray> keys;
        for (const auto& item : std::filesystem::recursive_directory_iterator(fixture.home() / "keys")) {
            if (item.is_regular_file() && item.path().extension() != ".mark")
                keys[item.path().filename().string()] = secretIn(bytesOfFile(item.path()));
        }
        QVERIFY(keys.contains("installation.root"));
        QVERIFY2(keys.size() >= 4, std::to_string(keys.size()).c_str()); // root, epoch, pages, evidence
        std::map<std::string, QByteArray> places;
        for (const auto& item : std::filesystem::recursive_directory_iterator(fixture.folder())) {
            if (item.is_regular_file() && item.path().string().find("exercise") == std::string::npos)
                places[item.path().string()] = bytesOfFile(item.path());
        }
        for (const std::string& format : exports::exportFormats()) {
            exports::ExportWish wish;
            wish.format = format;
            std::ostringstream out;
            CaseFixture::must(exports::writeExport(fixture.folder(), wish, out));
            places[format] = QByteArray::fromStdString(out.str());
            QVERIFY2(!places[format].isEmpty(), format.c_str());
        }
        for (const auto& [name, key] : keys) {
            QVERIFY2(key.size() >= 32, name.c_str());
            for (const auto& [place, bytes] : places) {
                QVERIFY2(!bytes.contains(key), (name + " in " + place).c_str());
                QVERIFY2(!bytes.contains(QByteArray::fromBase64(key)), (name + " in " + place).c_str());
            }
        }
    }

    // NHI2
    void nhi2NoSecretOfTheLogIsInAnExport()
    {
        CaseFixture fixture;
        std::ostringstream all;
        all << std::ifstream(fixture.log(), std::ios::binary).rdbuf();
        const Value log = CaseFixture::must(json::parse(all.str()));
        const std::vector<std::string> secrets = canaries();
        Value::Array records;
        for (Value record : log["Records"].asArray()) {
            record.set("userAgent", "tool/1 password=" + secrets[records.size() % secrets.size()]);
            records.push_back(std::move(record));
        }
        std::ofstream(fixture.log(), std::ios::binary) << json::write(Value::Object{{"Records", std::move(records)}});
        fixture.run().reset();
        for (const std::string& format : exports::exportFormats()) {
            exports::ExportWish wish;
            wish.format = format;
            std::ostringstream out;
            CaseFixture::must(exports::writeExport(fixture.folder(), wish, out));
            for (const std::string& secret : secrets)
                QVERIFY2(out.str().find(secret) == std::string::npos, (format + ": " + secret).c_str());
        }
    }
};

QTEST_GUILESS_MAIN(TestSecretLeakage)
#include "tst_secret_leakage.moc"
