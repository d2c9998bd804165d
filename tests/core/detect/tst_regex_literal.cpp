#include "core/detect/regex_literal.h"

#include <QTest>

using namespace cordon::detect;

class TestRegexLiteral : public QObject
{
    Q_OBJECT

private slots:
    void findsWhatCannotBeMissing_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("literal");
        QTest::newRow("in the middle") << ".+:assumed-role/aws:.+" << ":assumed-role/aws:";
        QTest::newRow("the longest") << "^ab.*cde.f$" << "cde";
        QTest::newRow("escaped") << "a\\.exe\\\\b" << "a.exe\\b";
        QTest::newRow("nothing but any") << ".*" << "";
        QTest::newRow("a choice") << "abc|def" << "";
        QTest::newRow("a group") << "(?i)abc" << "";
        QTest::newRow("a class") << "abc\\d" << "";
        QTest::newRow("a set") << "abc[de]" << "";
        QTest::newRow("maybe") << "abcd?" << "";
        QTest::newRow("often") << "abcd*" << "";
        QTest::newRow("counted") << "abcd{0,3}" << "";
        QTest::newRow("any, lazily") << "a.*?bc" << "";
        QTest::newRow("cut short") << "abc\\" << "";
    }

    void findsWhatCannotBeMissing()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, literal);
        QCOMPARE(QString::fromStdString(literalIn(pattern.toStdString())), literal);
    }
};

QTEST_GUILESS_MAIN(TestRegexLiteral)
#include "tst_regex_literal.moc"
