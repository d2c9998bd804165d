#pragma once

#include "core/govern/mandate_rules.h"

#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::govern {

/// Walks a parsed mandate into a Mandate, listing every problem with its line. Used by mandate_rules alone.
class MandateReader
{
public:
    explicit MandateReader(const Value& root)
        : m_root(root)
    {}
    [[nodiscard]] Mandate read();
    [[nodiscard]] std::vector<MandateProblem> takeProblems() { return std::move(m_problems); }
    void problem(int line, std::string rule, std::string reason);

private:
    using Names = std::initializer_list<std::string_view>;

    bool hasOnly(const Value& object, Names allowed, Names required);
    std::string text(const Value& object, std::string_view key);
    int number(const Value& object, std::string_view key, int least, int most);
    Duration duration(const Value& object, std::string_view key);
    Timestamp time(const Value& object, std::string_view key);
    bool flag(const Value& object, std::string_view key);
    std::string oneOf(const Value& object, std::string_view key, Names allowed);
    std::vector<std::string> texts(const Value& object, std::string_view key, Names allowed);
    Selector selector(const Value& object);
    ActionGlob action(const Value& item, int line);
    std::vector<ActionGlob> except(const Value& object);
    Autonomy autonomy(const Value& object, const char* rule);
    std::string clauseId(const Value& object);
    void eachClause(std::string_view key, const std::function<void(const Value&)>& take);

    void readHead(Mandate& mandate);
    void readSession(Mandate& mandate);
    void readSee(Mandate& mandate, const Value& clause);
    void readDecide(Mandate& mandate, const Value& clause);
    void readPermit(Mandate& mandate, const Value& clause);
    void readForbid(Mandate& mandate, const Value& clause);
    void readTiers(Mandate& mandate);
    void readLimit(Mandate& mandate, const Value& clause);
    void readKillSwitch(Mandate& mandate);
    void readAssistant(Mandate& mandate);

    const Value& m_root;
    std::vector<MandateProblem> m_problems;
};

} // namespace cordon::govern
