#include "core/base/utf8.h"

#include <QtTest>

using namespace cordon;

class TestUtf8 : public QObject
{
    Q_OBJECT

private slots:
    void measuresTheFirstSequence_data();
    void measuresTheFirstSequence();
    void judgesWholeTexts();
};

void TestUtf8::measuresTheFirstSequence_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("length");
    QTest::newRow("empty") << QByteArray() << 0;
    QTest::newRow("NUL") << QByteArray("\0", 1) << 1;
    QTest::newRow("U+007F") << QByteArray("\x7Fz") << 1;
    QTest::newRow("U+0080") << QByteArray("\xC2\x80z") << 2;
    QTest::newRow("U+07FF") << QByteArray("\xDF\xBF") << 2;
    QTest::newRow("U+0800") << QByteArray("\xE0\xA0\x80") << 3;
    QTest::newRow("U+D7FF") << QByteArray("\xED\x9F\xBF") << 3;
    QTest::newRow("U+E000") << QByteArray("\xEE\x80\x80") << 3;
    QTest::newRow("U+FFFF") << QByteArray("\xEF\xBF\xBF") << 3;
    QTest::newRow("U+10000") << QByteArray("\xF0\x90\x80\x80") << 4;
    QTest::newRow("U+10FFFF") << QByteArray("\xF4\x8F\xBF\xBF") << 4;
    QTest::newRow("continuation first") << QByteArray("\x80") << 0;
    QTest::newRow("overlong NUL") << QByteArray("\xC0\x80") << 0;
    QTest::newRow("overlong in 3") << QByteArray("\xE0\x9F\xBF") << 0;
    QTest::newRow("overlong in 4") << QByteArray("\xF0\x8F\xBF\xBF") << 0;
    QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << 0;
    QTest::newRow("U+110000") << QByteArray("\xF4\x90\x80\x80") << 0;
    QTest::newRow("lead F5") << QByteArray("\xF5\x80\x80\x80") << 0;
    QTest::newRow("cut short") << QByteArray("\xE2\x82") << 0;
    QTest::newRow("third byte is no continuation") << QByteArray("\xE2\x82z") << 0;
    QTest::newRow("fourth byte is no continuation") << QByteArray("\xF0\x90\x80z") << 0;
}

void TestUtf8::measuresTheFirstSequence()
{
    QFETCH(QByteArray, text);
    QFETCH(int, length);
    QCOMPARE(static_cast<int>(utf8SequenceLength(text.toStdString())), length);
}

void TestUtf8::judgesWholeTexts()
{
    QVERIFY(isUtf8(""));
    QVERIFY(isUtf8("a\xC3\xA9\xF0\x9F\x98\x80z"));
    QVERIFY(!isUtf8("a\xC3\xA9\xF0\x9F\x98"));
    QVERIFY(!isUtf8("a\xFFz"));
}

QTEST_GUILESS_MAIN(TestUtf8)
#include "tst_utf8.moc"
