#include "core/detect/rule_program.h"
#include "tests/core/detect/naive_rule.h"
#include "tests/support/value_event_view.h"

#include <QtTest>
#include <random>

using namespace cordon;
using namespace cordon::detect;

namespace {

/// Makes rules as text together with the plain way to judge them, and records to try them on. Small alphabets, so that
/// matches are common.
class Maker
{
public:
    explicit Maker(unsigned seed)
        : m_random(seed)
    {}

    using Judge = std::function<bool(const Value&)>;

    /// The detection section, indented by four; `judge` is the naive judgement of it.
    std::string detection(Judge& judge)
    {
        std::string text;
        std::vector<std::pair<std::string, Judge>> identifiers;
        const int count = 1 + pick(3);
        for (int at = 0; at < count; ++at) {
            const std::string name = std::string(at % 2 == 0 ? "sel_" : "other_") + std::to_string(at);
            Judge one;
            text += "    " + name + ":\n" + identifier(one);
            identifiers.emplace_back(name, one);
        }
        const std::string condition = disjunction(identifiers, judge, 2);
        return text + "    condition: " + condition + "\n";
    }

    Value record()
    {
        Value record{Value::Object()};
        for (const char* field : {"a", "b", "n", "ip"}) {
            if (pick(5) > 0)
                record.set(field, value(field));
        }
        if (pick(3) > 0)
            record.set("o", Value().set("x", value("a")).set("y", value("b")));
        if (pick(3) == 0)
            record.set("o", Value().append(Value().set("x", value("a"))).append(Value().set("x", value("b"))));
        return record;
    }

private:
    int pick(int count) { return static_cast<int>(m_random() % static_cast<unsigned>(count)); }

    std::string word(bool hasWildcards)
    {
        static const std::string plain = "aAbB/\\";
        static const std::string special = "aAbB\\*?";
        std::string text;
        for (int left = pick(5); left > 0; --left)
            text +=
                hasWildcards ? special[static_cast<std::size_t>(pick(7))] : plain[static_cast<std::size_t>(pick(6))];
        return text;
    }

    Value value(const std::string& field)
    {
        const int kind = pick(8);
        if (field == "n" && kind < 6)
            return kind < 4 ? Value(pick(4)) : Value(std::to_string(pick(4)));
        if (field == "ip" && kind < 6)
            return "10." + std::to_string(pick(2)) + ".0." + std::to_string(pick(2));
        if (kind == 0)
            return {};
        if (kind == 1)
            return true;
        if (kind == 2)
            return Value().append(word(false)).append(word(false));
        return word(false);
    }

    static std::string quoted(const std::string& text)
    {
        std::string out = "'";
        for (const char c : text)
            out += c == '\'' ? std::string("''") : std::string(1, c);
        return out + "'";
    }

    std::string identifier(Judge& judge)
    {
        const bool isList = pick(3) == 0;
        std::vector<std::vector<naive::Item>> maps;
        std::string text;
        for (int map = isList ? 2 : 1; map > 0; --map) {
            std::vector<naive::Item> items;
            std::vector<std::string> keys;
            for (int left = 1 + pick(2); left > 0; --left) {
                naive::Item made = item();
                std::string key = made.field;
                for (const std::string& modifier : made.modifiers)
                    key += '|' + modifier;
                if (std::find(keys.begin(), keys.end(), key) != keys.end())
                    continue;
                const bool startsItem = isList && items.empty();
                text += std::string(8, ' ') + (startsItem ? "- " : isList ? "  " : "") + key + ": [";
                for (const Value& value : made.values)
                    text += (value.isString() ? quoted(value.asString()) : json::write(value)) + ", ";
                text += "]\n";
                keys.push_back(key);
                items.push_back(std::move(made));
            }
            maps.push_back(std::move(items));
        }
        judge = [maps](const Value& record) {
            return std::any_of(maps.begin(), maps.end(), [&](const std::vector<naive::Item>& items) {
                return std::all_of(items.begin(), items.end(),
                                   [&](const naive::Item& item) { return item.holds(record); });
            });
        };
        return text;
    }

    naive::Item item()
    {
        static const std::vector<std::string> fields{"a", "b", "n", "ip", "o", "o.x", "o.y", "none"};
        naive::Item item{fields[static_cast<std::size_t>(pick(8))], {}, {}};
        const int kind = pick(11);
        if (kind == 0) {
            item.modifiers = {"exists"};
            item.values = {pick(2) == 0};
            return item;
        }
        if (kind == 1) {
            item.modifiers = {"fieldref"};
            item.values = {fields[static_cast<std::size_t>(pick(8))]};
            return item;
        }
        if (kind == 2) {
            item.modifiers = {"cidr"};
            item.values = {pick(2) == 0 ? "10.0.0.0/16" : "10.0.0.0/31"};
        } else if (kind == 3) {
            item.modifiers = {pick(2) == 0 ? "lt" : "gte"};
            item.values = {pick(4)};
        } else if (kind == 4) {
            item.modifiers = {"re"};
            item.values = {pick(2) == 0 ? "^a.*b" : "[ab]{2}$"};
            if (pick(2) == 0)
                item.modifiers.emplace_back("i");
        } else {
            static const std::vector<std::string> places{"contains", "startswith", "endswith"};
            const int place = pick(5);
            if (place < 3)
                item.modifiers = {places[static_cast<std::size_t>(place)]};
            for (int left = 1 + pick(2); left > 0; --left)
                item.values.push_back(place > 2 && pick(6) == 0   ? Value()
                                      : place > 2 && pick(5) == 0 ? Value(pick(4))
                                                                  : Value(word(true)));
            if (pick(4) == 0)
                item.modifiers.emplace_back("cased");
            if (pick(4) == 0)
                item.modifiers.emplace_back("all");
        }
        if (pick(6) == 0)
            item.modifiers.emplace_back("neq");
        return item;
    }

    std::string disjunction(const std::vector<std::pair<std::string, Judge>>& from, Judge& judge, int depth)
    {
        std::vector<Judge> parts;
        std::string text;
        for (int left = 1 + pick(2); left > 0; --left) {
            Judge part;
            text += (text.empty() ? "" : " or ") + conjunction(from, part, depth);
            parts.push_back(part);
        }
        judge = [parts](const Value& r) {
            return std::any_of(parts.begin(), parts.end(), [&](const Judge& j) { return j(r); });
        };
        return text;
    }

    std::string conjunction(const std::vector<std::pair<std::string, Judge>>& from, Judge& judge, int depth)
    {
        std::vector<Judge> parts;
        std::string text;
        for (int left = 1 + pick(2); left > 0; --left) {
            Judge part;
            text += (text.empty() ? "" : " and ") + operand(from, part, depth);
            parts.push_back(part);
        }
        judge = [parts](const Value& r) {
            return std::all_of(parts.begin(), parts.end(), [&](const Judge& j) { return j(r); });
        };
        return text;
    }

    std::string operand(const std::vector<std::pair<std::string, Judge>>& from, Judge& judge, int depth)
    {
        const int kind = pick(depth > 0 ? 5 : 4);
        Judge inner;
        if (kind == 0) {
            const std::string text = "not " + operand(from, inner, depth > 0 ? depth - 1 : 0);
            judge = [inner](const Value& r) { return !inner(r); };
            return text;
        }
        if (kind == 4)
            return "(" + disjunction(from, judge, depth - 1) + ")";
        if (kind == 1) {
            const int least = 1 + pick(static_cast<int>(from.size()));
            judge = [from, least](const Value& r) {
                return std::count_if(from.begin(), from.end(), [&](const auto& one) { return one.second(r); }) >= least;
            };
            return std::to_string(least) + " of them";
        }
        if (kind == 2) {
            judge = [from](const Value& r) {
                return std::all_of(from.begin(), from.end(),
                                   [&](const auto& one) { return !one.first.starts_with("sel_") || one.second(r); });
            };
            return "all of sel_*";
        }
        const auto& chosen = from[static_cast<std::size_t>(pick(static_cast<int>(from.size())))];
        judge = chosen.second;
        return chosen.first;
    }

    std::mt19937 m_random;
};

} // namespace

class TestRuleProgramAgainstNaive : public QObject
{
    Q_OBJECT

private slots:
    void agreesOnRandomRulesAndRecords();
};

void TestRuleProgramAgainstNaive::agreesOnRandomRulesAndRecords()
{
    constexpr int ruleCount = 400;
    constexpr int recordCount = 60;
    Maker maker(20260301);
    RuleSet set;
    std::vector<Maker::Judge> judges;
    std::vector<std::string> texts;
    for (int at = 0; at < ruleCount; ++at) {
        Maker::Judge judge;
        const std::string detection = maker.detection(judge);
        texts.push_back("title: rule\nid: rule-" + std::to_string(at) + "\nlogsource:\n    product: aws\ndetection:\n" +
                        detection);
        judges.push_back(judge);
        set.add(texts.back(), "made.yml", false);
    }
    FieldPlan plan;
    const RuleProgram program = RuleProgram::compile(std::move(set), plan);
    for (const RejectedRule& rejected : program.rules().rejected())
        qWarning("line %d: %s", rejected.line, rejected.reason.c_str());
    QCOMPARE(program.rules().rules().size(), std::size_t(ruleCount));

    MatchScratch scratch;
    std::vector<RuleIndex> matches;
    int matchCount = 0;
    for (int at = 0; at < recordCount; ++at) {
        const Value record = maker.record();
        const ValueEventView view(plan, record);
        program.match(view, scratch, matches);
        for (std::size_t rule = 0; rule < judges.size(); ++rule) {
            const bool hasMatched = std::find(matches.begin(), matches.end(), rule) != matches.end();
            const std::string about = texts[rule] + "on " + json::write(record);
            QVERIFY2(hasMatched == judges[rule](record), about.c_str());
            matchCount += hasMatched ? 1 : 0;
        }
    }
    // Otherwise the comparison would say little.
    QVERIFY(matchCount > ruleCount * recordCount / 10 && matchCount < ruleCount * recordCount * 9 / 10);
}

QTEST_GUILESS_MAIN(TestRuleProgramAgainstNaive)
#include "tst_rule_program_against_naive.moc"
