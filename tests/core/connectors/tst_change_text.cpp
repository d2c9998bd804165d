#include "core/connectors/change/change_text.h"

#include <QTest>
#include <algorithm>

using namespace cordon;
using connectors::change::ChangeText;
using connectors::change::isRecordName;

/// What goes from a log into somebody's ticket.
class TestChangeText : public QObject
{
    Q_OBJECT

private:
    static Action about(const std::string& id)
    {
        Action made;
        made.type = "change.open";
        made.incident = "INC-7";
        made.targets = {{EntityKind::Account, id, {}, {}}};
        made.params = Value::Object{};
        return made;
    }

private slots:
    void nothingOfALogIsMarkupALinkOrANewLine_data()
    {
        QTest::addColumn<QString>("id");
        QTest::newRow("Markdown link") << "[click](http://evil.example)";
        QTest::newRow("HTML") << "<img src=x onerror=alert(1)>";
        QTest::newRow("Jira markup") << "{code}|x|{code} *bold* _it_ [~admin]";
        QTest::newRow("a new line") << "ada\nApproved by: the boss";
        QTest::newRow("return and bell") << "ada\r\a";
        QTest::newRow("hidden characters") << QString::fromUtf8("ada\u202eexe\u200b");
        QTest::newRow("mention") << "!image.png! ^x^ `cmd` \\n";
    }
    void nothingOfALogIsMarkupALinkOrANewLine()
    {
        QFETCH(QString, id);
        const auto text = ChangeText::of(about(id.toStdString()));
        QVERIFY(text);
        QVERIFY(text->title.find_first_of("[]{}<>|*_`^~!\\\n\r\a") == std::string::npos);
        // Lines are the text's own: incident, session, mandate, what is affected, the mark.
        QCOMPARE(std::count(text->body.begin(), text->body.end(), '\n'), std::ptrdiff_t(4));
        for (const char c : text->body)
            QVERIFY(c == '\n' || (static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) < 0x7f));
    }
    void longIdsAreCutAndTheTitleIsOneLine()
    {
        const auto text = ChangeText::of(about(std::string(5000, 'a')));
        QVERIFY(text->title.size() <= 160 && text->body.size() < 1000);
        QVERIFY(text->body.find("...") != std::string::npos);
    }
    void theMarkIsTheActionsOwn()
    {
        const auto one = ChangeText::of(about("ada"));
        QCOMPARE(one->mark.size(), std::size_t(39)); // `cordon-` and 32 digits
        QVERIFY(one->body.ends_with(one->mark));
        QCOMPARE(ChangeText::of(about("ada"))->mark, one->mark);
        QVERIFY(ChangeText::of(about("bob"))->mark != one->mark);
    }
    void recordNamesAreNothingButNames()
    {
        for (const char* good : {"CHG0030001", "OPS-17", "a"})
            QVERIFY2(isRecordName(good), good);
        for (const char* bad : {"", "CHG1^ORnumber=CHG2", "../x", "OPS-17/comment", "a b", "%41", "a\n"})
            QVERIFY2(!isRecordName(bad), bad);
        QVERIFY(!isRecordName(std::string(65, 'a')));
    }
};

QTEST_GUILESS_MAIN(TestChangeText)
#include "tst_change_text.moc"
