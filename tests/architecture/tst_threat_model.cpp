#include <QFile>
#include <QRegularExpression>
#include <QTest>

namespace {

/// A row of the table by framework: ids, and the functions of each file.
struct Row
{
    QStringList ids;
    QList<std::pair<QString, QStringList>> tests;
};

QString textOf(const QString& path)
{
    QFile file(QStringLiteral(CORDON_SOURCE_DIR "/") + path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QString sourceOf(const QString& test)
{
    return textOf("tests/" + test + ".cpp");
}

QList<Row> rows()
{
    const QString table = textOf("docs/threat-model.md").section("## By framework id", 1).section("\n## ", 0, 0);
    QList<Row> all;
    for (const QString& line : table.split('\n')) {
        if (!line.section('|', 3, 3).contains("tst_"))
            continue;
        Row row;
        for (const QString& id : line.section('|', 1, 1).split(','))
            row.ids += id.trimmed();
        for (const QString& place : line.section('|', 3, 3).split(';'))
            row.tests.append({place.section('`', 1, 1),
                              place.section('`', 2).split(QRegularExpression("[,\\s]+"), Qt::SkipEmptyParts)});
        all += row;
    }
    return all;
}

/// True when the lines of comment right above that function, or above its rows, name the id.
bool isAbove(const QString& source, const QString& function, const QString& id)
{
    static const QRegularExpression heads("((?:^[ \\t]*//[^\\n]*\\n)+)[ \\t]*void (?:\\w+::)?(\\w+)\\(\\)",
                                          QRegularExpression::MultilineOption);
    const QRegularExpression named("(?<![\\w.-])" + QRegularExpression::escape(id) + "(?![\\w-])(?!\\.\\d)");
    for (auto match = heads.globalMatch(source); match.hasNext();) {
        const auto head = match.next();
        QString name = head.captured(2);
        if (name.endsWith("_data"))
            name.chop(5);
        if (name == function && named.match(head.captured(1)).hasMatch())
            return true;
    }
    return false;
}

/// Every id of the governance requirements, sections A to C, that names a test.
QStringList everyId()
{
    QStringList ids{"GOV-EMPTY", "GOV-OUTCOME", "GOV-SEQ",    "GOV-CRED",   "GOV-ACCT",
                    "GOVERN 2.1", "GOVERN 2.2", "GOVERN 2.3", "GOVERN 3.2", "MANAGE 2.4"};
    const auto add = [&](const QString& pattern, int last, int width) {
        for (int i = 1; i <= last; ++i)
            ids += pattern.arg(i, width, 10, QLatin1Char('0'));
    };
    add("GOV-ASI%1", 10, 2);
    add("NHI%1", 10, 0);
    add("T%1", 17, 0);
    add("MAESTRO L%1", 7, 0);
    add("AP-%1", 20, 2);
    add("P%1", 10, 0);
    return ids;
}

} // namespace

/// The page that says what holds names tests that are there.
class TestThreatModel : public QObject
{
    Q_OBJECT

private slots:
    void everyTestInTheTableByFrameworkExists()
    {
        int functions = 0;
        for (const Row& row : rows()) {
            for (const auto& [file, names] : row.tests) {
                const QString source = sourceOf(file);
                QVERIFY2(!source.isEmpty(), qPrintable(row.ids.join(' ') + ": " + file + " is not there"));
                for (const QString& name : names) {
                    QVERIFY2(source.contains(name + "("), qPrintable(row.ids.join(' ') + ": " + file + " has no " + name));
                    ++functions;
                }
            }
        }
        QVERIFY(functions > 80);
    }

    void everyIdHasARow()
    {
        QStringList missing = everyId();
        for (const Row& row : rows()) {
            for (const QString& id : row.ids)
                missing.removeAll(id);
        }
        QVERIFY2(missing.isEmpty(), qPrintable(missing.join(", ")));
    }

    /// What was taken out to see each test fail is written down for every id: tests/soak/defences, tools/soak defences.
    void everyIdsDefenceWasTakenOut()
    {
        const QString table = textOf("docs/threat-model.md").section("## What was taken out", 1).section("\n## ", 0, 0);
        QStringList missing = everyId();
        for (const QString& line : table.split('\n')) {
            for (const QString& id : line.section('|', 1, 1).split(','))
                missing.removeAll(id.trimmed());
            if (line.section('|', 4, 4).contains("tst_")) {
                const QString function = line.section('|', 4, 4).section('`', 2).trimmed();
                QVERIFY2(sourceOf(line.section('|', 4, 4).section('`', 1, 1)).contains(function + "("), qPrintable(line));
                QVERIFY2(!textOf(line.section('`', 1, 1)).isEmpty(), qPrintable(line));
            }
        }
        QVERIFY2(missing.isEmpty(), qPrintable(missing.join(", ")));
    }

    void everyIdStandsAboveOneOfItsTests()
    {
        QStringList missing;
        for (const Row& row : rows()) {
            for (const QString& id : row.ids) {
                const bool isThere = std::any_of(row.tests.begin(), row.tests.end(), [&](const auto& test) {
                    const QString source = sourceOf(test.first);
                    return std::any_of(test.second.begin(), test.second.end(),
                                       [&](const QString& name) { return isAbove(source, name, id); });
                });
                if (!isThere && !id.startsWith('`'))
                    missing += id;
            }
        }
        QVERIFY2(missing.isEmpty(), qPrintable(missing.join(", ")));
    }
};

QTEST_GUILESS_MAIN(TestThreatModel)
#include "tst_threat_model.moc"
