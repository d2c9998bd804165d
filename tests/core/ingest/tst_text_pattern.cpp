#include "core/ingest/text_pattern.h"

#include <QTest>

using namespace cordon::ingest;

class TestTextPattern : public QObject
{
    Q_OBJECT
private slots:
    void tellsWhatFits_data();
    void tellsWhatFits();
    void staysQuickOnHostileText();
};

void TestTextPattern::tellsWhatFits_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<bool>("fits");
    QTest::newRow("same") << "abc"
                          << "abc" << true;
    QTest::newRow("case") << "ABC"
                          << "abc" << true;
    QTest::newRow("longer") << "abcd"
                            << "abc" << false;
    QTest::newRow("shorter") << "ab"
                             << "abc" << false;
    QTest::newRow("start") << "abcd"
                           << "ab*" << true;
    QTest::newRow("end") << "abcd"
                         << "*cd" << true;
    QTest::newRow("middle") << "abcd"
                            << "*bc*" << true;
    QTest::newRow("both ends, too short") << "aba"
                                          << "ab*ba" << false;
    QTest::newRow("both ends") << "abba"
                               << "ab*ba" << true;
    QTest::newRow("the last one counts") << "x/a/y/a"
                                         << "*/a" << true;
    QTest::newRow("anything") << ""
                              << "*" << true;
    QTest::newRow("nothing") << ""
                             << "" << true;
    QTest::newRow("nothing is not something") << "a"
                                              << "" << false;
}

void TestTextPattern::tellsWhatFits()
{
    QFETCH(QString, text);
    QFETCH(QString, pattern);
    QFETCH(bool, fits);
    QCOMPARE(fitsPattern(text.toStdString(), pattern.toStdString()), fits);
}

void TestTextPattern::staysQuickOnHostileText()
{
    // Backtracking over every star would take longer than the universe has been there.
    const std::string text(2000, 'a');
    std::string pattern;
    for (int i = 0; i < 30; ++i)
        pattern += "a*";
    QVERIFY(!fitsPattern(text, pattern + "b"));
}

QTEST_GUILESS_MAIN(TestTextPattern)
#include "tst_text_pattern.moc"
