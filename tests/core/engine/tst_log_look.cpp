#include "core/engine/log_look.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>

using namespace cordon;
using namespace cordon::engine;

/// What is told of a log before it is imported.
class TestLogLook : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void whatIsMissingIsTold_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("source"); ///< "": not recognised
        QTest::addColumn<bool>("needsZone");
        QTest::addColumn<bool>("lacksYear");
        QTest::newRow("a time with a zone")
            << QByteArray("<34>1 2024-03-04T10:11:12Z host sshd 7 - - Accepted password for ana from 203.0.113.9 port 22 ssh2\n")
            << "syslog" << false << false;
        QTest::newRow("neither zone nor year")
            << QByteArray("Mar  4 10:11:12 host sshd[7]: Accepted password for ana from 203.0.113.9 port 22 ssh2\n")
            << "syslog" << true << true;
        QTest::newRow("nothing known") << QByteArray("time;user;what\n1;2;3\n") << "" << false << false;
    }
    void whatIsMissingIsTold()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, source);
        QFETCH(bool, needsZone);
        QFETCH(bool, lacksYear);
        const std::filesystem::path file = m_dir->filePath("a.log").toStdString();
        std::ofstream(file, std::ios::binary) << text.toStdString();
        const auto looks = lookAtLogs({file}, CORDON_SOURCE_DIR "/resources", {}, {});
        QVERIFY2(looks, looks ? "" : looks.error().detail.c_str());
        QCOMPARE(looks->files.size(), std::size_t(1));
        const LogLook& look = looks->files.front();
        QCOMPARE(QString::fromStdString(look.source).left(source.size()), source);
        QCOMPARE(look.needsMap, source.isEmpty());
        QCOMPARE(look.needsZone, needsZone);
        QCOMPARE(look.lacksYear, lacksYear);
        QCOMPARE(look.reason.empty(), !source.isEmpty());
        QCOMPARE(looks->zones.front(), std::string("UTC"));
    }

private:
    std::unique_ptr<QTemporaryDir> m_dir;
};

QTEST_GUILESS_MAIN(TestLogLook)
#include "tst_log_look.moc"
