#include "core/value/csv.h"

#include <QTest>

using namespace cordon;

/// Tables from outside: what is sound is read, what is not is told with its place, and spoils nothing else.
class TestCsv : public QObject
{
    Q_OBJECT

private:
    static std::vector<csv::Row> rows(std::string_view text, csv::Limits limits = {})
    {
        csv::RowReader reader(text, ',', limits);
        std::vector<csv::Row> all;
        while (auto row = reader.next())
            all.push_back(std::move(*row));
        return all;
    }

private slots:
    void quotedCellsHoldSeparatorsQuotesAndLineBreaks()
    {
        const auto all = rows("\xEF\xBB\xBF" "a, b ,c\r\n\"x,1\",\"say \"\"hi\"\"\",\"two\nlines\"\r\n\r\nlast,,\n");
        QCOMPARE(all.size(), std::size_t(3));
        QCOMPARE(all[0].cells, (std::vector<std::string>{"a", "b", "c"}));
        QCOMPARE(all[1].cells, (std::vector<std::string>{"x,1", "say \"hi\"", "two\nlines"}));
        QCOMPARE(all[1].line, std::uint64_t(2));
        QCOMPARE(all[2].cells, (std::vector<std::string>{"last", "", ""}));
        QCOMPARE(all[2].line, std::uint64_t(5));
    }

    void anOpenQuoteSpoilsItsOwnLineAlone()
    {
        const auto all = rows("a,b\n\"open,1\nc,d\n");
        QCOMPARE(all.size(), std::size_t(3));
        QVERIFY(!all[1].problem.empty());
        QCOMPARE(all[1].line, std::uint64_t(2));
        QCOMPARE(all[2].cells, (std::vector<std::string>{"c", "d"}));
        QCOMPARE(all[2].line, std::uint64_t(3));
    }

    void tooManyCellsAndTooLongOnesAreTold()
    {
        const auto all = rows("1,2,3,4\nshort\n" + std::string(50, 'x') + "\nend\n", {3, 20});
        QCOMPARE(all.size(), std::size_t(4));
        QVERIFY(!all[0].problem.empty());
        QVERIFY(all[1].problem.empty());
        QVERIFY(!all[2].problem.empty());
        QCOMPARE(all[3].cells.front(), std::string("end"));
    }

    void whatASpreadsheetWouldTakeForAFormulaIsDisarmed()
    {
        QCOMPARE(csv::cellText("=HYPERLINK(\"x\")"), std::string("\"'=HYPERLINK(\"\"x\"\")\""));
        QCOMPARE(csv::cellText("@SUM(1)"), std::string("'@SUM(1)"));
        QCOMPARE(csv::cellText("\n=1"), std::string("\"'\n=1\""));
        for (const char* wide : {"\uff1dcmd()", "\uff0b1", "\uff0d1", "\uff20x", " =cmd()", "   +1"}) // as some spreadsheets read them
            QCOMPARE(csv::cellText(wide), std::string("'") + wide);
        for (const char* plain : {"plain", "a=b", "", "  ", "\u4e2d"})
            QCOMPARE(csv::cellText(plain), std::string(plain));
    }

    void theSeparatorIsWhatTheHeaderHasMostOf()
    {
        QCOMPARE(csv::separatorOf("kind;id;tags\na,b;c"), ';');
        QCOMPARE(csv::separatorOf("kind"), ',');
    }
};

QTEST_GUILESS_MAIN(TestCsv)
#include "tst_csv.moc"
