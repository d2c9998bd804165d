#include "core/indicators/stix_pattern.h"

#include <QTest>

using namespace cordon;
using namespace cordon::indicators;

/// Patterns that name observables by value are read; what else they ask for is refused by name, never half understood.
class TestStixPattern : public QObject
{
    Q_OBJECT

private:
    static std::string read(const std::string& pattern)
    {
        const auto alternatives = readStixPattern(pattern);
        if (!alternatives)
            return std::string(toString(alternatives.error().code)) + ": " + alternatives.error().detail;
        std::string text;
        for (const auto& terms : *alternatives) {
            text += text.empty() ? "" : " | ";
            for (std::size_t i = 0; i < terms.size(); ++i)
                text += (i > 0 ? " & " : "") + std::string(toString(terms[i].kind)) + " " + terms[i].value;
        }
        return text;
    }

    static void row(const char* name, const char* pattern, const char* expected)
    {
        QTest::newRow(name) << QString::fromUtf8(pattern) << QString::fromUtf8(expected);
    }

private slots:
    void patternsAreRead_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("terms");
        row("address", "[ipv4-addr:value = '203.0.113.5']", "ip 203.0.113.5");
        row("network", "[ipv4-addr:value ISSUBSET '198.51.100.0/24']", "network 198.51.100.0/24");
        row("network as value", "[ipv6-addr:value = '2001:db8::/32']", "network 2001:db8::/32");
        row("domain", "[domain-name:value = 'Evil.Example.']", "domain evil.example");
        row("or", "[domain-name:value = 'a.example' OR url:value = 'https://B.example/P?q=1']",
            "domain a.example | url https://b.example/P?q=1");
        row("and", "[ipv4-addr:value = '203.0.113.5' AND user-account:user_id = 'root-admin']",
            "ip 203.0.113.5 & account root-admin");
        row("brackets",
            "[(domain-name:value = 'a.example' OR domain-name:value = 'b.example') AND email-addr:value='X@c.example']",
            "domain a.example & email x@c.example | domain b.example & email x@c.example");
        row("in",
            "[file:hashes.'SHA-1' IN "
            "('AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb')]",
            "hash aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | hash bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb");
        row("certificate", "[x509-certificate:hashes.MD5 = 'd41d8cd98f00b204e9800998ecf8427e']",
            "hash d41d8cd98f00b204e9800998ecf8427e");
        row("observations", "[ipv4-addr:value='203.0.113.5'] OR ([domain-name:value='a.example'])",
            "ip 203.0.113.5 | domain a.example");
        row("quotes", "[user-account:account_login = 'o\\'neill']", "account o'neill");
        row("reference", "[network-traffic:dst_ref.value = '203.0.113.9']", "ip 203.0.113.9");
    }
    void patternsAreRead()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, terms);
        QCOMPARE(QString::fromStdString(read(pattern.toStdString())), terms);
    }

    void whatIsNotSupportedIsSaid_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("why");
        row("followed by", "[ipv4-addr:value='203.0.113.5'] FOLLOWEDBY [domain-name:value='a.example']", "FOLLOWEDBY");
        row("two observations", "[ipv4-addr:value='203.0.113.5'] AND [domain-name:value='a.example']", "AND between");
        row("qualifier", "[ipv4-addr:value='203.0.113.5'] WITHIN 5 SECONDS", "WITHIN");
        row("like", "[domain-name:value LIKE '%.example']", "the operator at 'LIKE");
        row("matches", "[url:value MATCHES '(a+)+$']", "the operator at 'MATCHES");
        row("not", "[domain-name:value NOT = 'a.example']", "NOT");
        row("not equal", "[domain-name:value != 'a.example']", "the operator at '!=");
        row("object", "[process:command_line = 'x']", "the object path process:command_line");
        row("number", "[ipv4-addr:value = 7]", "a value that is no text");
    }
    void whatIsNotSupportedIsSaid()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, why);
        const std::string told = read(pattern.toStdString());
        const bool isSaid =
            told.find("unsupported: not matched: ") == 0 && told.find(why.toStdString()) != std::string::npos;
        QVERIFY2(isSaid, told.c_str());
    }

    void brokenPatternsAndFloodsEndAtOnce()
    {
        for (const std::string& pattern :
             {std::string(), std::string("["), std::string("[ipv4-addr:value = '1"), std::string(5000, '('),
              std::string(9000, 'x'), "[" + std::string(4000, '(') + "]"})
            QVERIFY(!readStixPattern(pattern));
        std::string wide = "[";
        for (const char* part : {"0", "1", "2", "3", "4"}) {
            wide += wide.size() > 1 ? " AND (" : "(";
            for (const char* choice : {"a", "b", "c", "d"})
                wide += std::string(*choice == 'a' ? "" : " OR ") + "domain-name:value='" + choice + part + ".example'";
            wide += ")";
        }
        QVERIFY(read(wide + "]").find("more than 256 alternatives") != std::string::npos);
    }

    void whatWouldHitEverythingIsRefused()
    {
        for (const char* value : {"127.0.0.1", "0.0.0.0", "10.0.0.0/7", "::1", "::/0", "224.0.0.1"})
            QVERIFY2(!normalTerm(TermKind::Address, value), value);
        QVERIFY(!normalTerm(TermKind::Domain, "com"));
        QVERIFY(!normalTerm(TermKind::Url, "http://x"));
        QVERIFY(!normalTerm(TermKind::Account, "ab"));
        QVERIFY(!normalTerm(TermKind::Hash, "abc"));
        QCOMPARE(normalTerm(TermKind::Url, "hxxps://evil[.]example/x")->value, std::string("https://evil.example/x"));
    }
};

QTEST_GUILESS_MAIN(TestStixPattern)
#include "tst_stix_pattern.moc"
