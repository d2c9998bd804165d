#include "core/base/display_escape.h"

#include <QTest>

using namespace cordon;

class TestDisplayEscape : public QObject
{
    Q_OBJECT
private slots:
    void showsWhatCannotBeSeen_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("shown");
        QTest::newRow("plain") << QByteArray("svc-deploy-ci") << QByteArray("svc-deploy-ci");
        QTest::newRow("accents stay") << QByteArray("Zo\xc3\xab") << QByteArray("Zo\xc3\xab");
        QTest::newRow("terminal escape") << QByteArray("a\x1b" "[31mb") << QByteArray("a\\u{1b}[31mb");
        QTest::newRow("right-to-left override") << QByteArray("a\xe2\x80\xae" "b") << QByteArray("a\\u{202e}b");
        QTest::newRow("zero width space") << QByteArray("a\xe2\x80\x8b") << QByteArray("a\\u{200b}");
        QTest::newRow("line break") << QByteArray("a\nb") << QByteArray("a\\u{a}b");
        QTest::newRow("broken byte") << QByteArray("a\xff") << QByteArray("a\\x{ff}");
    }
    void showsWhatCannotBeSeen()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, shown);
        QCOMPARE(QByteArray::fromStdString(escapedForDisplay(text.toStdString())), shown);
    }
};

QTEST_GUILESS_MAIN(TestDisplayEscape)
#include "tst_display_escape.moc"
