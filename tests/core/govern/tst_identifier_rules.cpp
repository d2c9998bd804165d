#include "core/base/utf8.h"
#include "core/govern/identifier_rules.h"

#include <QString>
#include <QTest>

using namespace cordon::govern;

namespace {

/// Refused, or there is only this one spelling of it.
bool hasOneSpelling(char32_t point)
{
    for (const QString& text : {QString::fromUcs4(&point, 1), "a" + QString::fromUcs4(&point, 1)}) {
        const bool isStable = text.normalized(QString::NormalizationForm_C, QChar::Unicode_14_0) == text;
        if (!isStable && identifierProblem(text.toStdString()).empty())
            return false;
    }
    return true;
}

} // namespace

class TestIdentifierRules : public QObject
{
    Q_OBJECT
private slots:
    void everyCodePointThatComposesIsRefused();
    void twoMarksInARowAreRefused();
    void scriptsThatLookAlikeDoNotMix_data();
    void scriptsThatLookAlikeDoNotMix();
    void ordinaryNamesPass();
};

// Qt's own Unicode tables are the second opinion.
void TestIdentifierRules::everyCodePointThatComposesIsRefused()
{
    for (char32_t point = 0x20; point < 0x30000; ++point) {
        if (point >= 0xD800 && point <= 0xDFFF)
            continue;
        QVERIFY2(hasOneSpelling(point), QByteArray::number(static_cast<uint>(point), 16).constData());
    }
}

void TestIdentifierRules::twoMarksInARowAreRefused()
{
    // U+0E38 and U+0E48 have the classes 103 and 107: one order of them is not the normal one.
    QCOMPARE(identifierProblem("\u0E01\u0E48"), std::string_view());
    QCOMPARE(identifierProblem("\u0E01\u0E48\u0E38"), std::string_view("decomposed"));
}

void TestIdentifierRules::scriptsThatLookAlikeDoNotMix_data()
{
    QTest::addColumn<QString>("id");
    QTest::newRow("Cyrillic") << QString(u8"\u0430dmin");
    QTest::newRow("Greek") << QString(u8"r\u03BFot");
    QTest::newRow("Cherokee") << QString(u8"\u13A0KIA");
    QTest::newRow("Armenian") << QString(u8"s\u0578n");
    QTest::newRow("Coptic") << QString(u8"r\u2C9Fot");
    QTest::newRow("Lisu") << QString(u8"\uA4D0KIA");
    QTest::newRow("letterlike") << QString(u8"\u212Foot");
    QTest::newRow("circled") << QString(u8"a\u24D0");
    QTest::newRow("full width") << QString(u8"root\uFF41");
    QTest::newRow("mathematical") << QString(u8"root\U0001D41A");
}

void TestIdentifierRules::scriptsThatLookAlikeDoNotMix()
{
    QFETCH(QString, id);
    QCOMPARE(identifierProblem(id.toStdString()), std::string_view("mixed_script"));
}

void TestIdentifierRules::ordinaryNamesPass()
{
    for (const char* id :
         {"AKIAEXAMPLE000000001", "arn:aws:iam::111122223333:user/svc-ci", "svc ci@example.org",
          "CN=J\u00FCrgen M\u00FCller,OU=IT", "\u0441\u0435\u0440\u0432\u0435\u0440-1", "\u30B5\u30FC\u30D0"})
        QCOMPARE(identifierProblem(id), std::string_view());
}

QTEST_GUILESS_MAIN(TestIdentifierRules)
#include "tst_identifier_rules.moc"
