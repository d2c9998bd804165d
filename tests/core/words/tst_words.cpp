#include "core/words/words.h"

#include <QtTest>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

using namespace cordon;
using namespace cordon::words;

class TestWords : public QObject
{
    Q_OBJECT

private slots:
    void placesAreFilled_data();
    void placesAreFilled();
    void valuesAreNeverReadAsTemplates();
    void anUnknownCodeIsShownWithItsArguments();
    void everyCodeOfCorrelateAndInvestigateHasATemplate();
    void everyTemplateClosesItsBraces();
    void everyNoteOnAStepHasATemplate();
    void everyReasonOfARefusalIsDocumented();
    void whatNamesNobodyAndFindingsReadAsSentences();
};

void TestWords::placesAreFilled_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("expected");
    QTest::newRow("a name") << "{who} did it"
                            << "dev-c did it";
    QTest::newRow("two places") << "{who}, {who}"
                                << "dev-c, dev-c";
    QTest::newRow("no argument stays visible") << "by {nobody}"
                                               << "by {nobody}";
    QTest::newRow("escaped brace") << "{{who}"
                                   << "{who}";
    QTest::newRow("one") << "{one|one call|{one} calls}"
                         << "one call";
    QTest::newRow("many") << "{n|one call|{n} calls}"
                          << "3 calls";
    QTest::newRow("a count that is not given counts as many") << "{x|one|many by {who}}"
                                                              << "many by dev-c";
    QTest::newRow("no closing brace") << "open {who"
                                      << "open {who";
    QTest::newRow("empty") << ""
                           << "";
}

void TestWords::placesAreFilled()
{
    QFETCH(QString, pattern);
    QFETCH(QString, expected);
    const std::map<std::string, std::string> args{{"who", "dev-c"}, {"one", "1"}, {"n", "3"}};
    QCOMPARE(QString::fromStdString(fill(pattern.toStdString(), args)), expected);
}

void TestWords::valuesAreNeverReadAsTemplates()
{
    const std::map<std::string, std::string> args{{"who", "{secret} {n|a|b}"}, {"secret", "leaked"}, {"n", "2"}};
    QCOMPARE(fill("{who}", args), std::string("{secret} {n|a|b}"));
    QCOMPARE(fill("{n|one|by {who}}", args), std::string("by {secret} {n|a|b}"));
}

void TestWords::anUnknownCodeIsShownWithItsArguments()
{
    QCOMPARE(english({"no.such.code", {{"a", "1"}, {"b", "2"}}}), std::string("no.such.code a=1 b=2"));
}

void TestWords::everyCodeOfCorrelateAndInvestigateHasATemplate()
{
    const std::regex code("\"((?:incident|member|scope|link|risk|story|change|residual)\\.[a-z_.]*[a-z])\"");
    std::set<std::string> used;
    for (const char* room : {"core/correlate", "core/investigate"}) {
        for (const auto& file : std::filesystem::directory_iterator(std::string(CORDON_SOURCE_DIR) + "/" + room)) {
            if (file.path().extension() != ".cpp")
                continue;
            std::ostringstream text;
            text << std::ifstream(file.path()).rdbuf();
            const std::string all = text.str();
            for (std::sregex_iterator match(all.begin(), all.end(), code), end; match != end; ++match)
                used.insert((*match)[1]);
        }
    }
    QVERIFY2(used.size() > 100, "the codes were not found in the sources");
    for (const std::string& one : used)
        QVERIFY2(catalogue().contains(one), one.c_str());
}

void TestWords::everyTemplateClosesItsBraces()
{
    for (const auto& [code, pattern] : catalogue()) {
        const auto open = std::count(pattern.begin(), pattern.end(), '{');
        const auto close = std::count(pattern.begin(), pattern.end(), '}');
        QVERIFY2(open == close, code.c_str());
    }
}

void TestWords::everyNoteOnAStepHasATemplate()
{
    const std::regex code("note = (?:Text)?\\{\"((?:step)\\.[a-z_.]*[a-z])\"");
    int found = 0;
    for (const auto& file : std::filesystem::directory_iterator(std::string(CORDON_SOURCE_DIR) + "/core/engine")) {
        std::ostringstream text;
        text << std::ifstream(file.path()).rdbuf();
        const std::string all = text.str();
        for (std::sregex_iterator match(all.begin(), all.end(), code), end; match != end; ++match, ++found)
            QVERIFY2(catalogue().contains((*match)[1].str()), (*match)[1].str().c_str());
    }
    QVERIFY2(found > 5, "the notes were not found in the sources");
    for (const char* one : {"made", "confirmed", "events", "other"})
        QVERIFY2(catalogue().contains(std::string("step.lease_kept.") + one), one);
    for (const char* one : {"denied", "expired", "void", "consumed"})
        QVERIFY2(catalogue().contains(std::string("step.request.") + one), one);
}

void TestWords::everyReasonOfARefusalIsDocumented()
{
    std::ostringstream docs;
    for (const char* page : {"approval", "people"})
        docs << std::ifstream(std::string(CORDON_SOURCE_DIR) + "/docs/formats/" + page + ".md").rdbuf();
    const std::string prefix = "approval.refused.";
    for (const auto& [code, pattern] : catalogue()) {
        if (code.rfind(prefix, 0) == 0)
            QVERIFY2(docs.str().find('`' + code.substr(prefix.size()) + '`') != std::string::npos, code.c_str());
    }
}

void TestWords::whatNamesNobodyAndFindingsReadAsSentences()
{
    QCOMPARE(english({"story.begins_nobody", {{"from", "12:00"}, {"action", "iam:X"}}}),
             std::string("At 12:00 iam:X was called; the record names nobody."));
    std::map<std::string, std::string> args{{"product", "Suricata"}, {"rule", "Scan"}, {"from", "09:14"},
                                            {"to", "09:19"},         {"n", "1"},       {"moment", "0"}};
    QCOMPARE(english({"story.product_reported", args}),
             std::string("Suricata reported “Scan”, seen from 09:14 to 09:19."));
    args["n"] = "2";
    args["moment"] = "1";
    QCOMPARE(english({"story.product_reported", args}),
             std::string("Suricata reported “Scan”, seen at 09:14 (2 records)."));
    QCOMPARE(english({"story.time_unknown", {{"n", "2"}}}),
             std::string("2 records of the incident tell no time that can be read: when this happened, and what came "
                         "before it, is unknown."));
}

QTEST_GUILESS_MAIN(TestWords)
#include "tst_words.moc"
