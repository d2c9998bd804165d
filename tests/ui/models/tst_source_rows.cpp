#include "tests/ui/support/fake_case.h"
#include "ui/models/case_rows.h"

#include <QTest>

using namespace cordon;
using namespace cordon::ui;

class TestSourceRows : public QObject
{
    Q_OBJECT

private slots:
    void followedFoldersStandAboveFilesAndSayTheirStateAndLag()
    {
        test::FakeCase data;
        const auto rows = models::sourceRows(*data.followed(), *data.sources());
        const auto headers = models::sourceHeaders();
        QCOMPARE(rows.size(), data.followed()->size() + data.sources()->size());
        for (const models::CellRow& row : rows)
            QCOMPARE(static_cast<qsizetype>(row.cells.size()), headers.size());
        const int state = static_cast<int>(headers.indexOf(QStringLiteral("State")));
        const int lag = static_cast<int>(headers.indexOf(QStringLiteral("Lag")));
        const QStringList wanted{"following", "reading", "quiet beyond its usual gap", "no longer followed", "failed: "};
        for (int i = 0; i < wanted.size(); ++i)
            QVERIFY2(rows[static_cast<std::size_t>(i)].cells[static_cast<std::size_t>(state)].text.startsWith(wanted[i]),
                     qPrintable(wanted[i]));
        QCOMPARE(rows[0].cells[static_cast<std::size_t>(lag)].text, QStringLiteral("4 min 40 s"));
    }

    void onlyWhatIsFollowedCanBeLeft()
    {
        test::FakeCase data;
        const auto rows = models::sourceRows(*data.followed(), *data.sources());
        QVERIFY(models::isFollowedKey(rows[0].key));
        QVERIFY(!models::isFollowedKey(rows[3].key)); // no longer followed
        QVERIFY(!models::isFollowedKey(rows.back().key)); // a file that was read once
    }

    void piecesOfFollowedFilesAreNotListedAgain()
    {
        engine::SourceRow piece;
        piece.isPiece = true;
        QVERIFY(models::sourceRows({}, {piece}).empty());
    }
};

QTEST_GUILESS_MAIN(TestSourceRows)
#include "tst_source_rows.moc"
