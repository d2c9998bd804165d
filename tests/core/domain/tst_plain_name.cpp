#include "core/domain/ambient.h"
#include "core/domain/plain_name.h"

#include <QtTest>

using namespace cordon;

class TestPlainName : public QObject
{
    Q_OBJECT

private slots:
    void textIsMadeFitForASentence_data();
    void textIsMadeFitForASentence();
    void longTextEndsInAnEllipsisAtACharacter();
    void anEntityIsCalledByItsNameOrTheEndOfItsId();
    void aNameCannotWriteTheSentence();
    void whatBelongsToTheProviderIsAmbient_data();
    void whatBelongsToTheProviderIsAmbient();
};

void TestPlainName::textIsMadeFitForASentence_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("plain") << QByteArray("svc-deploy-ci") << QByteArray("svc-deploy-ci");
    QTest::newRow("umlaut stays") << QByteArray("M\xC3\xBCller") << QByteArray("M\xC3\xBCller");
    QTest::newRow("line break") << QByteArray("a\nb") << QByteArray("a\\u{a}b");
    QTest::newRow("NUL") << QByteArray("a\0b", 3) << QByteArray("a\\u{0}b");
    QTest::newRow("C1 control") << QByteArray("a\xC2\x9B"
                                              "b")
                                << QByteArray("a\\u{9b}b");
    QTest::newRow("not UTF-8") << QByteArray("a\xFF") << QByteArray("a\\x{ff}");
    QTest::newRow("right-to-left override is seen") << QByteArray("a\xE2\x80\xAE"
                                                                  "b")
                                                    << QByteArray("a\\u{202e}b");
    QTest::newRow("zero width space is seen") << QByteArray("ops\xE2\x80\x8B") << QByteArray("ops\\u{200b}");
}

void TestPlainName::textIsMadeFitForASentence()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    QCOMPARE(QByteArray::fromStdString(plainText(text.toStdString())), expected);
}

void TestPlainName::longTextEndsInAnEllipsisAtACharacter()
{
    QCOMPARE(plainText("abcdef", 4), std::string("abcd\xE2\x80\xA6"));
    QCOMPARE(plainText("abc\xC3\xBC", 4), std::string("abc\xE2\x80\xA6"));
    QCOMPARE(plainText("abcd", 4), std::string("abcd"));
}

void TestPlainName::anEntityIsCalledByItsNameOrTheEndOfItsId()
{
    QCOMPARE(plainName({EntityKind::Account, "arn:aws:iam::1:user/x", "", "dev-c"}), std::string("dev-c"));
    QCOMPARE(plainName({EntityKind::Account, "arn:aws:iam::1:user/path/dev-c", "", ""}), std::string("dev-c"));
    QCOMPARE(plainName({EntityKind::Resource, "arn:aws:s3:::bucket", "", ""}), std::string("bucket"));
    QCOMPARE(plainName({EntityKind::Workload, "namespace/pod", "", ""}), std::string("namespace/pod"));
    QCOMPARE(plainName({EntityKind::Account, "arn:aws:iam::1:user/", "", ""}), std::string("arn:aws:iam::1:user/"));
}

void TestPlainName::aNameCannotWriteTheSentence()
{
    const auto named = [](const std::string& name) {
        return plainName({EntityKind::Account, "id", "", name});
    };
    for (const char* plain : {"dev-c", "alice@corp.example", "CORP\\bob", "web-1/root", "a.b_c+d=e$", "M\xC3\xBCller"})
        QCOMPARE(named(plain), std::string(plain));
    QCOMPARE(named("Global Administrator"), std::string("“Global Administrator”"));
    QCOMPARE(named("svc gave ops the rights of X. At 10:05 bob"), std::string("“svc gave ops the rights of X. At 10:05 bob”"));
    QCOMPARE(named("x” gave “y"), std::string("“x\\u{201d} gave \\u{201c}y”"));
    QCOMPARE(named("[click](http://evil.example)"), std::string("“[click](http://evil.example)”"));
    QCOMPARE(named("a\nb"), std::string("a\\u{a}b"));
    QCOMPARE(plainName({EntityKind::Account, "id", "", "a very long name"}, 6), std::string("“a very…”"));
    QCOMPARE(shortName(named("a very long name"), 6), std::string("“a very…”"));
    QCOMPARE(shortName(named("a-very-long-name"), 6), std::string("a-very…"));
    QCOMPARE(shortName(named("a b"), 60), std::string("“a b”"));
}

void TestPlainName::whatBelongsToTheProviderIsAmbient_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("id");
    QTest::addColumn<bool>("expected");
    const int account = static_cast<int>(EntityKind::Account);
    const int role = static_cast<int>(EntityKind::Role);
    const int policy = static_cast<int>(EntityKind::Policy);
    const int resource = static_cast<int>(EntityKind::Resource);
    QTest::newRow("a service") << account << "ec2.amazonaws.com" << true;
    QTest::newRow("an account number") << account << "111122223333" << true;
    QTest::newRow("nobody in particular") << account << "ANONYMOUS_PRINCIPAL" << true;
    QTest::newRow("a user") << account << "arn:aws:iam::111122223333:user/dev-c" << false;
    QTest::newRow("a role of a service") << role << "arn:aws:iam::1:role/aws-service-role/x/AWSServiceRoleForX" << true;
    QTest::newRow("a role of people") << role << "arn:aws:iam::1:role/aws-reserved/sso.amazonaws.com/Admin" << false;
    QTest::newRow("the provider's policy") << policy << "arn:aws:iam::aws:policy/AdministratorAccess" << true;
    QTest::newRow("an own policy") << policy << "arn:aws:iam::111122223333:policy/ci" << false;
    QTest::newRow("a host name of storage") << resource << "bucket.s3.amazonaws.com" << false;
    QTest::newRow("nothing") << account << "" << true;
}

void TestPlainName::whatBelongsToTheProviderIsAmbient()
{
    QFETCH(int, kind);
    QFETCH(QString, id);
    QFETCH(bool, expected);
    QCOMPARE(isAmbient({static_cast<EntityKind>(kind), id.toStdString(), "", ""}), expected);
}

QTEST_GUILESS_MAIN(TestPlainName)
#include "tst_plain_name.moc"
