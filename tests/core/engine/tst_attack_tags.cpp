#include "core/engine/detection.h"
#include "core/words/attack.h"

#include <QtTest>
#include <set>

using namespace cordon;

/// What rules are tagged with is known by name, so that alerts can be told in words.
class TestAttackTags : public QObject
{
    Q_OBJECT

private slots:
    void everyTagOfARuleIsKnown_data();
    void everyTagOfARuleIsKnown();
    void rulesSpeakTheNewestNumbering();
};

void TestAttackTags::everyTagOfARuleIsKnown_data()
{
    QTest::addColumn<QString>("folder");
    QTest::newRow("own") << "";
    QTest::newRow("public") << CORDON_SHARED_DATA "/sigma";
}

void TestAttackTags::everyTagOfARuleIsKnown()
{
    QFETCH(QString, folder);
    const std::filesystem::path path = folder.toStdString();
    if (!path.empty() && !std::filesystem::exists(path))
        QSKIP("the shared data is not here");
    engine::Detection::Wish wish{CORDON_SOURCE_DIR "/resources", {}, true};
    if (!path.empty())
        wish.rules.push_back(path);
    const auto detection = engine::Detection::load(wish);
    QVERIFY2(detection, detection ? "" : detection.error().detail.c_str());
    const QRegularExpression groupOrSoftware(QStringLiteral("^[gs][0-9]{4}$"));
    std::set<std::string> unknown;
    for (const detect::Rule& rule : (*detection)->program->rules().rules()) {
        for (const std::string& technique : rule.info.techniques) {
            if (!words::attack().find(technique))
                unknown.insert(technique);
        }
        for (const std::string& tactic : rule.info.tactics) {
            if (!words::attack().isTactic(tactic) && !groupOrSoftware.match(QString::fromStdString(tactic)).hasMatch())
                unknown.insert(tactic);
        }
    }
    for (const std::string& tag : unknown)
        qWarning("not known: %s", tag.c_str());
    QCOMPARE(unknown.size(), std::size_t(0));
}

void TestAttackTags::rulesSpeakTheNewestNumbering()
{
    const auto detection = engine::Detection::load({CORDON_SOURCE_DIR "/resources", {}, true});
    QVERIFY(detection);
    bool isSeen = false;
    for (const detect::Rule& rule : (*detection)->program->rules().rules()) {
        for (const std::string& technique : rule.info.techniques) {
            QCOMPARE(words::attack().currentId(technique), technique);
            isSeen = isSeen || technique == "T1685.002";
        }
    }
    QVERIFY(isSeen);
}

QTEST_GUILESS_MAIN(TestAttackTags)
#include "tst_attack_tags.moc"
