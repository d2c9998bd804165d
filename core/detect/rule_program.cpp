#include "core/detect/rule_program.h"

#include "core/detect/anchor_choice.h"

#include <algorithm>

namespace cordon::detect {

/// Turns a linked rule set into predicates, nodes and candidates.
class RuleProgram::Builder
{
public:
    Builder(RuleProgram& program, FieldPlan& plan)
        : m_program(program)
        , m_plan(plan)
    {}

    void build()
    {
        const std::vector<Rule>& rules = m_program.m_rules->rules();
        m_predicatesOf.resize(rules.size());
        for (std::size_t at = 0; at < rules.size(); ++at)
            addPredicates(rules[at], m_predicatesOf[at]);
        const AnchorChoice choice(m_program.m_predicates, m_predicatesOf);
        auto candidates = std::make_shared<CandidateIndex>();
        m_program.m_roots.resize(rules.size());
        for (std::size_t at = 0; at < rules.size(); ++at) {
            const Rule& rule = rules[at];
            if (!rule.looksAtRecords())
                continue;
            m_predicatesNow = &m_predicatesOf[at];
            m_program.m_roots[at] = static_cast<std::uint32_t>(m_program.m_nodes.size());
            m_program.m_nodes.emplace_back();
            fill(m_program.m_roots[at], rule.condition);
            candidates->add(static_cast<RuleIndex>(at), rule.logSource, 
                            choice.anchorsOf(rule.condition, m_predicatesOf[at]));
        }
        candidates->build();
        m_program.m_candidates = std::move(candidates);
        m_program.m_fieldCount = m_plan.size();
    }

private:
    void addPredicates(const Rule& rule, std::vector<std::uint32_t>& indices)
    {
        if (!rule.looksAtRecords())
            return;
        for (const FieldTest& test : rule.tests) {
            const auto [place, isNew] =
                m_known.try_emplace(test.key(), static_cast<std::uint32_t>(m_program.m_predicates.size()));
            if (isNew) {
                Predicate predicate{&test, 0, 0};
                if (test.kind != FieldTest::Kind::Keyword)
                    predicate.field = m_plan.add(test.field);
                if (test.kind == FieldTest::Kind::SameAs)
                    predicate.other = m_plan.add(test.text);
                m_program.m_predicates.push_back(predicate);
            }
            indices.push_back(place->second);
        }
    }

    int costOf(const Expression& expression) const
    {
        if (expression.kind == Expression::Kind::Test)
            return m_program.m_predicates[(*m_predicatesNow)[expression.number]].test->cost();
        int cost = 1;
        for (const Expression& part : expression.parts)
            cost += costOf(part);
        return cost;
    }

    void fill(std::uint32_t at, const Expression& expression)
    {
        std::vector<std::pair<int, const Expression*>> parts;
        for (const Expression& part : expression.parts)
            parts.emplace_back(costOf(part), &part);
        std::stable_sort(parts.begin(), parts.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        const auto first = static_cast<std::uint32_t>(m_program.m_nodes.size());
        m_program.m_nodes.resize(m_program.m_nodes.size() + parts.size());
        const bool isTest = expression.kind == Expression::Kind::Test;
        const std::uint32_t number = isTest ? (*m_predicatesNow)[expression.number] : expression.number;
        m_program.m_nodes[at] = {expression.kind, number, first, static_cast<std::uint32_t>(parts.size())};
        for (std::uint32_t part = 0; part < parts.size(); ++part)
            fill(first + part, *parts[part].second);
    }

    RuleProgram& m_program;
    FieldPlan& m_plan;
    std::unordered_map<std::string, std::uint32_t> m_known;
    std::vector<std::vector<std::uint32_t>> m_predicatesOf; ///< by rule, then by the rule's test
    const std::vector<std::uint32_t>* m_predicatesNow = nullptr;
};

RuleProgram RuleProgram::compile(RuleSet rules, FieldPlan& plan)
{
    rules.link();
    RuleProgram program;
    program.m_rules = std::make_unique<const RuleSet>(std::move(rules));
    Builder(program, plan).build();
    return program;
}

void RuleProgram::match(const EventView& view, MatchScratch& scratch, std::vector<RuleIndex>& matches) const
{
    matches.clear();
    scratch.start(m_candidates, m_predicates.size(), m_roots.size());
    scratch.m_fields.start(m_fieldCount);
    for (const CandidateIndex::Bucket* bucket : scratch.route(view)) {
        for (const CandidateIndex::AnchorField& anchor : bucket->anchored) {
            if (anchor.field == CandidateIndex::wholeRecord) {
                callUpByKeywords(anchor.rules, view, scratch, matches);
                continue;
            }
            for (const std::string& text : scratch.m_fields.of(view, anchor.field)) {
                anchor.rules.find(text, [&](const std::vector<RuleIndex>& rules) {
                    judge(rules, view, scratch, matches);
                });
            }
        }
        judge(bucket->always, view, scratch, matches);
    }
    if (matches.size() > 1)
        std::sort(matches.begin(), matches.end());
}

/// A keyword may stand in the record as it is written or, where that has escapes or is no JSON, in a text as it reads.
void RuleProgram::callUpByKeywords(const TextIndex& index, const EventView& view, MatchScratch& scratch,
                                   std::vector<RuleIndex>& matches) const
{
    const auto callUp = [&](const std::vector<RuleIndex>& rules) { judge(rules, view, scratch, matches); };
    const std::string_view raw = view.raw();
    const std::string_view json = view.json();
    const bool isJson = !json.empty() && json.data() == raw.data() && json.size() == raw.size();
    const bool mayHold = index.mayHold(raw);
    if (mayHold)
        index.find(scratch.m_fields.raw(view), callUp);
    if (isJson ? !mayHold || raw.find('\\') == std::string_view::npos : !json.empty() && !index.mayHold(json))
        return;
    // One text of all: what stands on a border may call up a rule in vain, no more.
    index.find(scratch.m_fields.scalars(view), callUp);
}

void RuleProgram::judge(const std::vector<RuleIndex>& rules, const EventView& view, MatchScratch& scratch,
                        std::vector<RuleIndex>& matches) const
{
    for (const RuleIndex index : rules) {
        if (scratch.m_judged[index] == scratch.m_record)
            continue;
        scratch.m_judged[index] = scratch.m_record;
        if (holds(m_nodes[m_roots[index]], view, scratch))
            matches.push_back(index);
    }
}

bool RuleProgram::holds(const Node& node, const EventView& view, MatchScratch& scratch) const
{
    if (node.kind == Expression::Kind::Test)
        return predicateHolds(node.number, view, scratch);
    const auto begin = m_nodes.begin() + node.first;
    const auto end = begin + node.count;
    const auto part = [&](const Node& inner) { return holds(inner, view, scratch); };
    switch (node.kind) {
    case Expression::Kind::All:
        return std::all_of(begin, end, part);
    case Expression::Kind::Any:
        return std::any_of(begin, end, part);
    case Expression::Kind::Not:
        return !holds(*begin, view, scratch);
    case Expression::Kind::AtLeast:
        return std::count_if(begin, end, part) >= static_cast<std::ptrdiff_t>(node.number);
    case Expression::Kind::Test:
        break;
    }
    return false;
}

bool RuleProgram::predicateHolds(std::uint32_t index, const EventView& view, MatchScratch& scratch) const
{
    // An answer is the record's number doubled, one more for yes: answers to other records need not be cleared.
    const std::uint32_t yes = scratch.m_record * 2 + 1;
    std::uint32_t& answer = scratch.m_answers[index];
    if (answer / 2 != scratch.m_record)
        answer = yes - (m_predicates[index].holds(view, scratch.m_fields) ? 0 : 1);
    return answer == yes;
}

} // namespace cordon::detect
