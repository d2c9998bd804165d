#include <QFile>
#include <QRegularExpression>
#include <QTest>

/// The page that says what holds names tests that are there.
class TestThreatModel : public QObject
{
    Q_OBJECT

private:
    static QString textOf(const QString& path)
    {
        QFile file(QStringLiteral(CORDON_SOURCE_DIR "/") + path);
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }

private slots:
    void everyTestInTheTableByFrameworkExists()
    {
        const QString page = textOf("docs/threat-model.md");
        const QString table = page.section("## By framework id", 1).section("\n## ", 0, 0);
        int rows = 0;
        int functions = 0;
        for (const QString& line : table.split('\n')) {
            const QString tests = line.section('|', 3, 3);
            if (!tests.contains("tst_"))
                continue;
            ++rows;
            for (const QString& place : tests.split(';')) {
                const QString file = place.section('`', 1, 1);
                const QString source = textOf("tests/" + file + ".cpp");
                QVERIFY2(!source.isEmpty(), qPrintable(file + " is not there: " + line));
                const QString named = place.section('`', 2);
                for (const QString& name : named.split(QRegularExpression("[,\\s]+"), Qt::SkipEmptyParts)) {
                    QVERIFY2(source.contains(name + "("), qPrintable(file + " has no " + name));
                    ++functions;
                }
            }
        }
        QVERIFY(rows > 20 && functions > rows);
    }
};

QTEST_GUILESS_MAIN(TestThreatModel)
#include "tst_threat_model.moc"
