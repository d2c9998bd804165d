#include "tests/app/ctl_runner.h"

using namespace cordon;
using namespace cordon::tests;

/// `cordonctl detect` on logs large enough to be read in parts.
class TestCordonctlDetect : public QObject
{
    Q_OBJECT

private:
    /// A made-up log of JSON lines (or one list in one line), with a broken line in the middle.
    static QByteArray madeLog(const CtlRunner& ctl, const char* shape)
    {
        const Ran ran = ctl.run({"cloudtrail", "--events", "36000", "--shape", shape}, {}, "cordon_generate");
        QByteArray log = ran.out;
        if (QByteArray(shape) == "lines")
            log.insert(log.indexOf('\n', log.size() / 2) + 1, "{\"eventName\": \"cut sh\n");
        return log;
    }

    static QString written(const CtlRunner& ctl, const QString& name, const QByteArray& bytes)
    {
        QFile file(ctl.path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            return {};
        return file.fileName();
    }

private slots:
    void initTestCase() { QVERIFY2(QFileInfo::exists(CtlRunner::program("cordonctl")), "cordonctl is not built"); }

    void theNumberOfThreadsChangesNothing_data()
    {
        QTest::addColumn<QByteArray>("shape");
        QTest::newRow("JSON lines, which are cut") << QByteArray("lines");
        QTest::newRow("one list, which is not") << QByteArray("records");
    }

    void theNumberOfThreadsChangesNothing()
    {
        QFETCH(QByteArray, shape);
        const CtlRunner ctl;
        const QString log = written(ctl, "log.json", madeLog(ctl, shape.constData()));
        QVERIFY(QFileInfo(log).size() > 2 * 16 * 1024 * 1024);
        const Ran one = ctl.run({"detect", "--json", "--threads", "1", log});
        const Ran many = ctl.run({"detect", "--json", "--threads", "5", log});
        QCOMPARE(one.status, 0);
        QCOMPARE(many.status, 0);
        QVERIFY(one.out.count('\n') > 50);
        QVERIFY(one.out == many.out);
        QVERIFY(one.err == many.err);
        QCOMPARE(one.err.contains("offset"), shape == "lines");
    }

    void recordsAreCountedThroughAllPartsOfAFile()
    {
        const CtlRunner ctl;
        QByteArray log = madeLog(ctl, "lines");
        log += "{\"eventVersion\":\"1.08\",\"eventTime\":\"2026-03-01T00:00:00Z\",\"eventSource\":\"cloudtrail.amazonaws.com\","
               "\"eventName\":\"StopLogging\",\"awsRegion\":\"eu-central-1\",\"eventType\":\"AwsApiCall\","
               "\"recipientAccountId\":\"111122223333\",\"userIdentity\":{\"type\":\"Root\",\"accountId\":\"111122223333\"},"
               "\"requestParameters\":{\"name\":\"t\"},\"eventID\":\"e-last\"}\n";
        const Ran ran = ctl.run({"detect", "--json", "--threads", "3", written(ctl, "log.json", log)});
        QCOMPARE(ran.status, 0);
        bool isFound = false;
        for (const QByteArray& line : ran.out.split('\n')) {
            const auto match = json::parse(line.toStdString());
            isFound = isFound || (match && (*match)["record"].asInt() == 36001 &&
                                  (*match)["title"].asString().find("logging stopped") != std::string::npos);
        }
        QVERIFY(isFound);
    }
};

QTEST_GUILESS_MAIN(TestCordonctlDetect)
#include "tst_cordonctl_detect.moc"
