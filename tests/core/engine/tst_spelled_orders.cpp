#include "core/value/json.h"
#include "tests/core/engine/forged_case.h"

using namespace cordon;
using namespace cordon::tests;

namespace {

/// Spellings of one order under its person's own signature, as whoever has that key and the log key can make them.
class Spellings
{
public:
    struct One
    {
        std::string what;
        std::string nonce;
        std::string order;
        bool isGood = false;
    };

    Spellings(const CaseFixture& fixture, crypto::SigningKey key)
        : m_key(std::move(key))
        , m_origin(CaseFixture::must(record::caseOrigin(fixture.folder())))
        , m_now(fixture.machine.now())
    {
        addTimes();
        addContents();
        addBlocks();
        addSignatures();
    }
    [[nodiscard]] const std::vector<One>& all() const { return m_all; }

private:
    using Change = std::function<std::string(std::string)>;

    [[nodiscard]] std::string content(const std::string& issued) const
    {
        return CaseFixture::must(json::canonical(Value::Object{{"v", 1},
                                                               {"command", "note"},
                                                               {"args", Value::Object{{"incident", "INC-0001"}, {"text", "x"}}},
                                                               {"person", analyst},
                                                               {"issued", issued},
                                                               {"nonce", m_nonce},
                                                               {"case", m_origin}}));
    }
    static std::string block(const std::string& json) { return "cordon.command.v1\n" + toBase64(bytesOf(json)) + "\n"; }
    [[nodiscard]] crypto::SignedNote noteOf(const std::string& text) const
    {
        crypto::SignedNote note;
        note.text = text;
        note.sign(analyst, m_key);
        return note;
    }
    void begin() { m_nonce = crypto::randomHex(16); }
    void add(const std::string& what, std::string order, bool isGood = false) { m_all.push_back({what, m_nonce, std::move(order), isGood}); }

    void addTimes()
    {
        const std::string now = m_now.toString();
        const std::string seconds = now.substr(0, 19);
        begin();
        add("as it is written", noteOf(block(content(now))).toString(), true);
        begin();
        add("without a fraction", noteOf(block(content(seconds + "Z"))).toString(), true);
        for (const std::string& issued : {now.substr(0, now.size() - 1) + "+00:00", seconds + ".000Z", now.substr(0, now.size() - 1) + "000Z", seconds, seconds + "z",
                                          seconds.substr(0, 10) + " " + seconds.substr(11) + "Z", seconds.substr(0, 10) + "t" + seconds.substr(11) + "Z",
                                          seconds + ",000000Z", now + "\n", " " + now, now + " ", std::string(), seconds.substr(0, 17) + "60Z", seconds + ".Z"}) {
            begin();
            add("issued '" + issued + "'", noteOf(block(content(issued))).toString());
        }
    }
    void addContents()
    {
        const std::vector<std::pair<std::string, Change>> changes{
            {"a space", [](std::string json) { return json + " "; }},
            {"a line's end", [](std::string json) { return json + "\n"; }},
            {"a space behind a colon", [](std::string json) { return json.replace(json.find("\":\"note\""), 3, "\": \""); }},
            {"an escaped letter", [](std::string json) { return json.replace(json.find("note"), 4, "\\u006eote"); }},
            {"a member twice", [](std::string json) { return json.replace(0, 1, "{\"args\":{\"incident\":\"INC-0001\",\"text\":\"y\"},"); }},
            {"a number with a fraction", [](std::string json) { return json.replace(json.find("\"v\":1"), 5, "\"v\":1.0"); }},
            {"members in another order", [](std::string json) { return "{\"v\":1," + json.substr(1, json.size() - 8) + "}"; }},
            {"a mark of byte order", [](const std::string& json) { return "\xef\xbb\xbf" + json; }},
            {"a list around it", [](const std::string& json) { return "[" + json + "]"; }},
            {"nothing", [](const std::string&) { return std::string(); }}};
        for (const auto& [what, change] : changes) {
            begin();
            add(what, noteOf(block(change(content(m_now.toString())))).toString());
        }
    }
    void addBlocks()
    {
        const std::vector<std::pair<std::string, Change>> changes{
            {"no padding", [](std::string text) { text.erase(std::remove(text.begin(), text.end(), '='), text.end()); return text; }},
            {"more padding", [](std::string text) { return text.insert(text.size() - 1, "===="); }},
            {"a space at a line's end", [](std::string text) { return text.insert(text.size() - 1, " "); }},
            {"a letter of another alphabet", [](std::string text) { text[30] = '-'; return text; }},
            {"a space behind the head", [](std::string text) { return text.insert(text.find('\n'), " "); }},
            {"another head", [](std::string text) { return text.replace(0, 17, "Cordon.command.v1"); }},
            {"bits behind the end", [](std::string text) { const std::size_t at = text.find('='); if (at != std::string::npos) ++text[at - 1]; return text; }}};
        for (const auto& [what, change] : changes) {
            begin();
            std::string json = content(m_now.toString());
            while (json.size() % 3 == 0) // so that there is padding
                m_nonce += "0", json = content(m_now.toString());
            add(what, noteOf(change(block(json))).toString());
        }
        begin();
        std::string wrapped = block(content(m_now.toString()));
        wrapped.insert(60, "\n"); // lines may be of any length
        add("another line", noteOf(wrapped).toString(), true);
    }
    void addSignatures()
    {
        const auto good = [this] { begin(); return noteOf(block(content(m_now.toString()))); };
        const auto odd = [&](const std::string& what, const Change& change) { const std::string text = good().toString(); add(what, change(text)); };
        odd("no end of line", [](std::string text) { text.pop_back(); return text; });
        odd("an empty line behind", [](const std::string& text) { return text + "\n"; });
        odd("a carriage return", [](std::string text) { return text.insert(text.size() - 1, "\r"); });
        odd("a tabulator", [](std::string text) { return text.insert(text.size() - 1, "\t"); });
        odd("a hyphen for the dash", [](std::string text) { return text.replace(text.rfind("\xe2\x80\x94"), 3, "-"); });
        odd("no-break space", [](std::string text) { return text.replace(text.rfind(' '), 1, "\xc2\xa0"); });
        odd("two spaces", [](std::string text) { return text.insert(text.rfind(' '), " "); });
        odd("another key's number", [](std::string text) { char& letter = text[text.rfind(' ') + 2]; letter = letter == 'A' ? 'B' : 'A'; return text; });
        auto twice = good();
        twice.sign(analyst, m_key);
        add("signed twice", twice.toString());
        auto both = good();
        both.cosign(analyst, m_key, 1);
        add("a cosignature beside", both.toString());
        auto only = good();
        only.signatures.clear();
        only.cosign(analyst, m_key, m_now.micros() / 1'000'000);
        add("a cosignature alone", only.toString());
        auto others = good();
        for (int i = 0; i < 99; ++i)
            others.sign("user:other-" + std::to_string(i), m_key);
        add("a hundred signatures", others.toString(), true);
        others = good();
        for (int i = 0; i < 100; ++i)
            others.sign("user:other-" + std::to_string(i), m_key);
        add("a hundred and one", others.toString());
        auto named = good();
        named.sign("user:o\xc2\xa0ther", m_key);
        add("a name with a space", named.toString());
        auto other = good();
        other.signatures.clear();
        other.sign(analyst, crypto::SigningKey::generate());
        add("another key", other.toString());
    }

    crypto::SigningKey m_key;
    std::string m_origin;
    Timestamp m_now;
    std::string m_nonce;
    std::vector<One> m_all;
};

} // namespace

/// Two programs read what a person signed in one way, or neither takes it.
class TestSpelledOrders : public QObject, private ForgedCase
{
    Q_OBJECT

private slots:
    void initTestCase() { makeWhole(); }

    // MAESTRO L5
    void bothVerifiersJudgeASpellingAlike()
    {
        const auto made = copy();
        const CaseFixture& fixture = *made;
        const crypto::SigningKey key = keyOf(fixture.folder(), analyst, fixture.machine.now());
        const std::string shown = key.publicKey().toString();
        const Spellings spellings(fixture, keyOf(fixture.folder(), analyst, fixture.machine.now()));
        const auto first = static_cast<std::int64_t>(fixture.ledger().size());
        for (const Spellings::One& one : spellings.all())
            forge(fixture, "command.taken", analyst,
                  Value::Object{{"command", "note"}, {"order", one.order}, {"nonce", one.nonce}, {"sitting", ""}, {"key", shown}}, "");
        const auto seqOf = [](const LedgerEntry& entry) { return entry.seq; };
        QCOMPARE(seqOf(fixture.ledger().back()), first + static_cast<std::int64_t>(spellings.all().size()) - 1);

        std::set<std::int64_t> own;
        for (const auto& problem : CaseFixture::must(record::LedgerAuditor(engine::auditOptions(fixture.home())).verify(fixture.folder())).problems)
            own.insert(problem.seq);
        const auto ran = CaseFixture::must(platform::runProcess(
            {"/usr/bin/python3",
             {std::string(CORDON_SOURCE_DIR) + "/tools/verify_ledger.py", fixture.folder().string(), "--home", fixture.home().string(), "--json"},
             {}, {}, false, std::chrono::seconds(120)}));
        std::set<std::int64_t> others;
        const Value told = CaseFixture::must(json::parse(ran.output.substr(ran.output.find('{'))));
        for (const Value& problem : told["problems"].asArray())
            others.insert(problem["seq"].asInt());
        std::string wrong;
        for (std::size_t i = 0; i < spellings.all().size(); ++i) {
            const Spellings::One& one = spellings.all()[i];
            const std::int64_t seq = first + static_cast<std::int64_t>(i);
            if (own.contains(seq) == one.isGood || others.contains(seq) == one.isGood)
                wrong += one.what + ": " + (own.contains(seq) ? "refused" : "taken") + " by the program, " + (others.contains(seq) ? "refused" : "taken") + " by the other\n";
        }
        QVERIFY2(wrong.empty(), wrong.c_str());
        QVERIFY(own.lower_bound(0) == own.end() || *own.begin() >= first);
    }
};

QTEST_GUILESS_MAIN(TestSpelledOrders)
#include "tst_spelled_orders.moc"
