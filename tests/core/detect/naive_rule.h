#pragma once

#include "tests/core/detect/naive_text.h"

#include <ctime>
#include <iomanip>
#include <sstream>

/// A second, slow and plain way to judge a Sigma rule: straight over the tree of the rule's document and the tree of
/// the record, sharing nothing with the parser, the compiled program and its matchers. For comparing them.
namespace naive {

/// Values of placeholders, by name.
using Values = std::map<std::string, std::vector<std::string>>;

/// Every value at the path; lists are entered.
inline std::vector<Value> valuesAt(const Value& record, const std::string& path)
{
    std::vector<Value> found;
    if (record.isArray()) {
        for (const Value& item : record.asArray()) {
            const std::vector<Value> inner = valuesAt(item, path);
            found.insert(found.end(), inner.begin(), inner.end());
        }
        return found;
    }
    if (path.empty())
        return {record};
    const std::size_t dot = path.find('.');
    const Value* member = record.find(path.substr(0, dot));
    return member ? valuesAt(*member, dot == std::string::npos ? "" : path.substr(dot + 1)) : found;
}

/// Every text, number and boolean of the record, without the keys.
inline void scalarsOf(const Value& value, std::vector<std::string>& found)
{
    for (const Value& item : value.asArray())
        scalarsOf(item, found);
    for (const auto& [key, member] : value.asObject())
        scalarsOf(member, found);
    if (!value.isArray() && !value.isObject() && !value.isNull())
        found.push_back(textOf(value));
}

class Rule
{
public:
    /// @param detection  the rule's detection section
    Rule(Value detection, Values placeholders, Mistake mistake = Mistake::None)
        : m_detection(std::move(detection))
        , m_placeholders(std::move(placeholders))
        , m_mistake(mistake)
    {}

    [[nodiscard]] bool holds(const Value& record) const
    {
        const Value& condition = m_detection["condition"];
        if (condition.isString())
            return condenses(condition.asString(), record);
        return std::any_of(condition.asArray().begin(), condition.asArray().end(),
                           [&](const Value& text) { return condenses(text.asString(), record); });
    }

private:
    [[nodiscard]] bool has(Mistake mistake) const { return m_mistake == mistake; }

    // Conditions

    struct Words
    {
        std::vector<std::string> words;
        std::size_t at = 0;
        [[nodiscard]] std::string peek(std::size_t ahead = 0) const
        {
            return at + ahead < words.size() ? lower(words[at + ahead]) : "";
        }
    };

    [[nodiscard]] bool condenses(std::string text, const Value& record) const
    {
        std::string spaced;
        for (const char c : text)
            spaced += c == '(' || c == ')' ? std::string(" ") + c + ' ' : std::string(1, c);
        std::istringstream stream(spaced);
        Words words;
        for (std::string word; stream >> word;)
            words.words.push_back(word);
        return has(Mistake::AndBeforeOrSwapped) ? swapped(words, record) : disjunction(words, record);
    }

    bool disjunction(Words& words, const Value& record) const
    {
        bool result = conjunction(words, record);
        while (words.peek() == "or") {
            ++words.at;
            const bool next = conjunction(words, record);
            result = result || next;
        }
        return result;
    }

    bool conjunction(Words& words, const Value& record) const
    {
        bool result = negation(words, record);
        while (words.peek() == "and") {
            ++words.at;
            const bool next = negation(words, record);
            result = result && next;
        }
        return result;
    }

    /// `or` bound more closely than `and`.
    bool swapped(Words& words, const Value& record) const
    {
        const auto loose = [&] {
            bool any = negation(words, record);
            while (words.peek() == "or") {
                ++words.at;
                const bool next = negation(words, record);
                any = any || next;
            }
            return any;
        };
        bool result = loose();
        while (words.peek() == "and") {
            ++words.at;
            const bool next = loose();
            result = result && next;
        }
        return result;
    }

    bool negation(Words& words, const Value& record) const
    {
        if (words.peek() != "not")
            return operand(words, record);
        ++words.at;
        if (has(Mistake::NotTakesTheRest))
            return !disjunction(words, record);
        return !negation(words, record);
    }

    bool operand(Words& words, const Value& record) const
    {
        if (words.peek() == "(") {
            ++words.at;
            const bool inner = has(Mistake::AndBeforeOrSwapped) ? swapped(words, record) : disjunction(words, record);
            ++words.at;
            return inner;
        }
        if (words.peek(1) != "of")
            return identifier(m_detection[words.words[words.at++]], record);
        const std::string amount = words.peek();
        const std::string pattern = words.words[words.at + 2];
        words.at += 3;
        int all = 0;
        int met = 0;
        for (const auto& [name, value] : m_detection.asObject()) {
            const bool isThem = lower(pattern) == "them" && (name[0] != '_' || has(Mistake::ThemTakesUnderscores));
            if (name == "condition" || (lower(pattern) == "them" ? !isThem : !globs(pattern, 0, name, 0)))
                continue;
            ++all;
            met += identifier(value, record) ? 1 : 0;
        }
        if (amount == "all")
            return has(Mistake::AllOfIsAny) ? met > 0 : met == all;
        const int least = amount == "any" ? 1 : std::stoi(amount);
        return has(Mistake::NumberOfIsOne) ? met >= 1 : met >= least;
    }

    // Search identifiers

    bool identifier(const Value& value, const Value& record) const
    {
        if (value.isObject())
            return map(value, record);
        if (!value.isArray())
            return keyword({}, value, record);
        const auto holdsOne = [&](const Value& item) {
            return item.isObject() ? map(item, record) : keyword({}, item, record);
        };
        if (has(Mistake::ListOfMapsIsAll))
            return std::all_of(value.asArray().begin(), value.asArray().end(), holdsOne);
        return std::any_of(value.asArray().begin(), value.asArray().end(), holdsOne);
    }

    bool map(const Value& map, const Value& record) const
    {
        bool any = false;
        bool all = true;
        for (const auto& [key, value] : map.asObject()) {
            const bool holdsOne = item(key, value, record);
            any = any || holdsOne;
            all = all && holdsOne;
        }
        return has(Mistake::MapIsAny) ? any : all;
    }

    using Modifiers = std::vector<std::string>;
    static bool isIn(const Modifiers& modifiers, const std::string& name)
    {
        return std::find(modifiers.begin(), modifiers.end(), name) != modifiers.end();
    }

    bool item(const std::string& key, const Value& wanted, const Value& record) const
    {
        std::istringstream stream(key);
        std::string field;
        std::getline(stream, field, '|');
        Modifiers modifiers;
        for (std::string modifier; std::getline(stream, modifier, '|');)
            modifiers.push_back(modifier);
        const std::vector<Value> wishes = wanted.isArray() ? wanted.asArray() : std::vector<Value>{wanted};
        const bool isNegated = isIn(modifiers, "neq") && !has(Mistake::NeqIgnored);
        const auto holdsOne = [&](const Value& wish) {
            return field.empty() ? keyword(modifiers, wish, record) : test(field, modifiers, wish, record) != isNegated;
        };
        const auto mayHold = [&](const Value& wish) { // `neq` needs something to compare with
            return field.empty() || !isNegated || isComparable(field, modifiers, wish, record);
        };
        const auto both = [&](const Value& wish) { return mayHold(wish) && holdsOne(wish); };
        const bool needsAll =
            (isIn(modifiers, "all") && !has(Mistake::AllIgnored)) || (isNegated && !has(Mistake::NeqOfAnyValue));
        return needsAll ? std::all_of(wishes.begin(), wishes.end(), both)
                        : std::any_of(wishes.begin(), wishes.end(), both);
    }

    bool isComparable(const std::string& field, const Modifiers& modifiers, const Value& wish,
                      const Value& record) const
    {
        if (isIn(modifiers, "exists") || has(Mistake::NeqTakesAbsent))
            return true;
        const auto isThere = [&](const std::string& path) {
            const std::vector<Value> found = valuesAt(record, path);
            return std::any_of(found.begin(), found.end(), [](const Value& v) { return !v.isNull(); });
        };
        return isThere(field) && (!isIn(modifiers, "fieldref") || isThere(wish.asString()));
    }

    // Values

    bool test(const std::string& field, const Modifiers& modifiers, const Value& wish, const Value& record) const
    {
        std::vector<Value> found = valuesAt(record, field);
        if (has(Mistake::OnlyFirstElement) && found.size() > 1)
            found.resize(1);
        if (isIn(modifiers, "exists")) {
            const bool isWished = lower(textOf(wish)) == "true";
            const bool isThere = has(Mistake::NullIsAbsent)
                                     ? std::any_of(found.begin(), found.end(), [](auto& v) { return !v.isNull(); })
                                     : !found.empty();
            return isWished == isThere;
        }
        if (wish.isNull()) {
            const bool hasNull = std::any_of(found.begin(), found.end(), [](const Value& v) { return v.isNull(); });
            return has(Mistake::AbsentIsNotNull) ? hasNull : found.empty() || hasNull;
        }
        if (has(Mistake::EveryElement) && !found.empty())
            return std::all_of(found.begin(), found.end(),
                               [&](const Value& v) { return !v.isNull() && passes(v, modifiers, wish, record); });
        return std::any_of(found.begin(), found.end(), [&](const Value& v) {
            return (!v.isNull() || has(Mistake::NullIsAText)) && passes(v, modifiers, wish, record);
        });
    }

    bool passes(const Value& value, const Modifiers& modifiers, const Value& wish, const Value& record) const
    {
        if (isIn(modifiers, "expand") && wish.isString()) {
            const std::vector<std::string> texts = expanded(wish.asString());
            return std::any_of(texts.begin(), texts.end(), [&](const std::string& text) {
                return passesPlain(value, modifiers, Value(text), record);
            });
        }
        return passesPlain(value, modifiers, wish, record);
    }

    bool passesPlain(const Value& value, const Modifiers& modifiers, const Value& wish, const Value& record) const
    {
        if (isIn(modifiers, "fieldref"))
            return equalsField(value, modifiers, wish, record);
        if (isIn(modifiers, "cidr"))
            return isInNetwork(textOf(wish), textOf(value), m_mistake);
        if (isIn(modifiers, "re"))
            return isFound(textOf(wish), modifiers, textOf(value));
        if (const auto compared = comparison(modifiers); !compared.empty() || timePart(modifiers) != nullptr)
            return compares(value, modifiers, compared, wish);
        if (wish.kind() == Value::Kind::Double && !hasTextStep(modifiers)) {
            double number = 0;
            return numberIn(value, number) && number == wish.asDouble();
        }
        return textPasses(textOf(value), textOf(wish), modifiers);
    }

    static bool hasTextStep(const Modifiers& modifiers)
    {
        return std::any_of(modifiers.begin(), modifiers.end(), [](const std::string& m) {
            return m != "all" && m != "cased" && m != "neq" && m != "expand";
        });
    }

    /// Applies the modifiers one after another to what the one before made.
    bool textPasses(std::string subject, const std::string& text, const Modifiers& modifiers) const
    {
        std::vector<Pattern> patterns{{text, true, false, false}};
        bool isCased = isIn(modifiers, "cased") && !has(Mistake::CasedIgnored);
        if (has(Mistake::CaseAlwaysMatters))
            isCased = true;
        for (const std::string& modifier : modifiers) {
            std::vector<Pattern> next;
            for (const Pattern& pattern : patterns)
                step(pattern, modifier, next, m_mistake);
            patterns = next;
            isCased = isCased || (modifier.rfind("base64", 0) == 0 && !has(Mistake::Base64WithoutCase));
        }
        return std::any_of(patterns.begin(), patterns.end(),
                           [&](const Pattern& pattern) { return pattern.fits(subject, isCased, m_mistake); });
    }

    bool equalsField(const Value& value, const Modifiers& modifiers, const Value& wish, const Value& record) const
    {
        const std::vector<Value> others = valuesAt(record, wish.asString());
        return std::any_of(others.begin(), others.end(), [&](const Value& other) {
            if (other.isNull())
                return false;
            const bool isCased = isIn(modifiers, "cased") && !has(Mistake::CasedIgnored);
            const std::string a = isCased ? textOf(value) : lower(textOf(value));
            const std::string b = isCased ? textOf(other) : lower(textOf(other));
            if (isIn(modifiers, "startswith"))
                return a.rfind(b, 0) == 0;
            if (isIn(modifiers, "endswith"))
                return a.size() >= b.size() && a.substr(a.size() - b.size()) == b;
            if (isIn(modifiers, "contains"))
                return a.find(b) != std::string::npos;
            return has(Mistake::FieldrefIsAName) ? a == lower(wish.asString()) : a == b;
        });
    }

    bool isFound(const std::string& pattern, const Modifiers& modifiers, const std::string& text) const
    {
        std::string source = pattern;
        if (isIn(modifiers, "s") && !has(Mistake::DotStopsAtLines)) {
            source.clear();
            for (const char c : pattern)
                source += c == '.' ? std::string("[\\s\\S]") : std::string(1, c);
        }
        auto flags = std::regex::ECMAScript;
        if (isIn(modifiers, "i") || has(Mistake::RegexWithoutCase))
            flags |= std::regex::icase;
        if (isIn(modifiers, "m") && !has(Mistake::AnchorsIgnoreLines))
            flags |= std::regex::multiline;
        static std::map<std::pair<std::string, int>, std::regex> known; // making one is dear
        const std::regex& regex = known.try_emplace({source, static_cast<int>(flags)}, source, flags).first->second;
        // std::regex goes by bytes; the patterns ask for no letters beyond ASCII.
        static const std::regex letter("[\xC2-\xF4][\x80-\xBF]+");
        const std::string plain = std::regex_replace(text, letter, "~");
        return has(Mistake::RegexMustFitAll) ? std::regex_match(plain, regex) : std::regex_search(plain, regex);
    }

    static std::string comparison(const Modifiers& modifiers)
    {
        for (const char* name : {"lt", "lte", "gt", "gte"}) {
            if (isIn(modifiers, name))
                return name;
        }
        return "";
    }

    static const char* timePart(const Modifiers& modifiers)
    {
        static const std::map<std::string, const char*> parts{{"minute", "%M"}, {"hour", "%H"},  {"day", "%d"},
                                                              {"week", "%V"},   {"month", "%m"}, {"year", "%Y"}};
        for (const auto& [name, part] : parts) {
            if (isIn(modifiers, name))
                return part;
        }
        return nullptr;
    }

    bool compares(const Value& value, const Modifiers& modifiers, std::string order, const Value& wish) const
    {
        double number = 0;
        if (const char* part = timePart(modifiers)) {
            if (!partOf(textOf(value), part, number))
                return false;
        } else if (!numberIn(value, number)) {
            return false;
        }
        const double limit = wish.isString() ? std::stod(wish.asString()) : wish.asDouble();
        if (has(Mistake::BoundsSwapped) && !order.empty())
            order = order == "lt" ? "lte" : order == "lte" ? "lt" : order == "gt" ? "gte" : "gt";
        if (order.empty())
            return number == limit;
        return order == "lt"    ? number < limit
               : order == "lte" ? number <= limit
               : order == "gt"  ? number > limit
                                : number >= limit;
    }

    bool numberIn(const Value& value, double& number) const
    {
        if (value.kind() == Value::Kind::Int || value.kind() == Value::Kind::Double) {
            number = value.asDouble();
            return true;
        }
        static const std::regex form("-?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?");
        if (!value.isString() || has(Mistake::OnlyJsonNumbers))
            return false;
        const std::string& text = value.asString();
        if (!std::regex_match(text, form))
            return false;
        number = std::stod(text);
        return true;
    }

    /// A date-time of the generator, `YYYY-MM-DD` T or blank `HH:MM:SS`, then Z, an offset or nothing.
    bool partOf(const std::string& text, const char* part, double& number) const
    {
        std::tm tm{};
        const std::string plain = text.substr(0, 19);
        std::string blank = plain;
        if (blank.size() == 19)
            blank[10] = ' ';
        const char* end = strptime(blank.c_str(), "%Y-%m-%d %H:%M:%S", &tm);
        if (plain.size() < 19 || !end || *end != '\0')
            return false;
        std::time_t time = timegm(&tm);
        const std::string zone = text.substr(19);
        if (zone.size() == 6 && !has(Mistake::OffsetIgnored)) {
            const int minutes = std::stoi(zone.substr(1, 2)) * 60 + std::stoi(zone.substr(4, 2));
            time -= (zone[0] == '-' ? -60 : 60) * minutes;
        }
        gmtime_r(&time, &tm);
        std::ostringstream written;
        written << std::put_time(&tm, part);
        number = std::stod(written.str());
        return true;
    }

    // Keywords

    bool keyword(const Modifiers& modifiers, const Value& wish, const Value& record) const
    {
        std::vector<std::string> texts;
        scalarsOf(record, texts);
        if (!has(Mistake::KeywordsInValuesOnly))
            texts.push_back(cordon::json::write(record));
        Modifiers inside = modifiers;
        inside.emplace_back("contains");
        return std::any_of(texts.begin(), texts.end(), [&](const std::string& text) {
            return isIn(modifiers, "re") ? isFound(textOf(wish), modifiers, text)
                                         : textPasses(text, textOf(wish), inside);
        });
    }

    // Placeholders

    [[nodiscard]] std::vector<std::string> expanded(const std::string& text) const
    {
        static const std::regex form("%([a-z_]+)%");
        std::vector<std::string> done;
        std::vector<std::string> open{text};
        while (!open.empty()) {
            const std::string now = open.back();
            open.pop_back();
            std::smatch found;
            auto from = now.cbegin();
            while (std::regex_search(from, now.cend(), found, form) && found.position() > 0 &&
                   *(found[0].first - 1) == '\\')
                from = found[0].first + 1;
            if (found.empty()) {
                done.push_back(std::regex_replace(now, std::regex("\\\\%"), "%"));
                continue;
            }
            for (const std::string& value : m_placeholders.at(found[1]))
                open.push_back(std::string(now.cbegin(), found[0].first) + value +
                               std::string(found[0].second, now.cend()));
            if (has(Mistake::OneValueOfPlaceholder))
                open.resize(1);
        }
        return done;
    }

    Value m_detection;
    Values m_placeholders;
    Mistake m_mistake;
};

} // namespace naive
