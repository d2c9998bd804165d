#include "core/detect/rule_program.h"

#include "core/detect/text_fold.h"

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
        countUses();
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
            candidates->add(static_cast<RuleIndex>(at), rule.logSource, anchorsOf(rule.condition));
        }
        m_program.m_candidates = std::move(candidates);
        m_program.m_fieldCount = m_plan.size();
    }

private:
    using Anchors = std::vector<std::uint32_t>; ///< predicates; empty: no anchor

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

    void countUses()
    {
        m_uses.resize(m_program.m_predicates.size());
        for (const auto& indices : m_predicatesOf) {
            for (const std::uint32_t index : indices)
                ++m_uses[index];
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

    std::vector<CandidateIndex::Anchor> anchorsOf(const Expression& condition) const
    {
        std::vector<CandidateIndex::Anchor> anchors;
        for (const std::uint32_t index : anchorPredicates(condition)) {
            const Predicate& predicate = m_program.m_predicates[index];
            anchors.push_back({predicate.field, folded(predicate.test->text)});
        }
        return anchors;
    }

    Anchors anchorPredicates(const Expression& expression) const
    {
        switch (expression.kind) {
        case Expression::Kind::Test: {
            const std::uint32_t index = (*m_predicatesNow)[expression.number];
            const FieldTest& test = *m_program.m_predicates[index].test;
            const bool isAnchor = test.kind == FieldTest::Kind::Equals && !test.isNegated;
            return isAnchor ? Anchors{index} : Anchors{};
        }
        case Expression::Kind::All:
            return bestOf(expression);
        case Expression::Kind::Any:
        case Expression::Kind::AtLeast:
            return unionOf(expression);
        case Expression::Kind::Not:
            break;
        }
        return {};
    }

    /// Of the parts that must all hold, the one whose values the fewest rules share.
    Anchors bestOf(const Expression& expression) const
    {
        Anchors best;
        std::size_t fewest = 0;
        for (const Expression& part : expression.parts) {
            Anchors anchors = anchorPredicates(part);
            std::size_t uses = 0;
            for (const std::uint32_t index : anchors)
                uses += m_uses[index];
            if (anchors.empty() || (!best.empty() && uses >= fewest))
                continue;
            best = std::move(anchors);
            fewest = uses;
        }
        return best;
    }

    Anchors unionOf(const Expression& expression) const
    {
        Anchors all;
        for (const Expression& part : expression.parts) {
            const Anchors anchors = anchorPredicates(part);
            if (anchors.empty())
                return {};
            all.insert(all.end(), anchors.begin(), anchors.end());
        }
        return all;
    }

    RuleProgram& m_program;
    FieldPlan& m_plan;
    std::unordered_map<std::string, std::uint32_t> m_known;
    std::vector<std::vector<std::uint32_t>> m_predicatesOf; ///< by rule, then by the rule's test
    const std::vector<std::uint32_t>* m_predicatesNow = nullptr;
    std::vector<std::size_t> m_uses; ///< by predicate: tests that share it
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
    route(view, scratch);
    scratch.m_fields.start(m_fieldCount);
    for (const CandidateIndex::Bucket* bucket : scratch.m_route) {
        for (const CandidateIndex::AnchorField& anchor : bucket->anchored) {
            for (const std::string& text : scratch.m_fields.of(view, anchor.field)) {
                if (const auto found = anchor.rules.find(std::string_view(text)); found != anchor.rules.end())
                    judge(found->second, view, scratch, matches);
            }
        }
        judge(bucket->always, view, scratch, matches);
    }
    for (const std::uint32_t index : scratch.m_asked)
        scratch.m_answers[index] = MatchScratch::Answer::Unknown;
    scratch.m_asked.clear();
    for (const RuleIndex index : scratch.m_judged)
        scratch.m_seen[index] = false;
    scratch.m_judged.clear();
    std::sort(matches.begin(), matches.end());
}

void RuleProgram::route(const EventView& view, MatchScratch& scratch) const
{
    if (scratch.m_answers.size() < m_predicates.size())
        scratch.m_answers.resize(m_predicates.size());
    if (scratch.m_seen.size() < m_roots.size())
        scratch.m_seen.resize(m_roots.size());
    const std::span<const std::string> categories = view.categories();
    if (scratch.m_routedBy == m_candidates && view.product() == scratch.m_product &&
        view.service() == scratch.m_service &&
        std::equal(categories.begin(), categories.end(), scratch.m_categories.begin(), scratch.m_categories.end()))
        return;
    scratch.m_routedBy = m_candidates;
    scratch.m_product = view.product();
    scratch.m_service = view.service();
    scratch.m_categories.assign(categories.begin(), categories.end());
    scratch.m_route = m_candidates->route(scratch.m_product, scratch.m_service, scratch.m_categories);
}

void RuleProgram::judge(const std::vector<RuleIndex>& rules, const EventView& view, MatchScratch& scratch,
                        std::vector<RuleIndex>& matches) const
{
    for (const RuleIndex index : rules) {
        if (scratch.m_seen[index])
            continue;
        scratch.m_seen[index] = true;
        scratch.m_judged.push_back(index);
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
    using Answer = MatchScratch::Answer;
    Answer& answer = scratch.m_answers[index];
    if (answer == Answer::Unknown) {
        answer = m_predicates[index].holds(view, scratch.m_fields) ? Answer::Yes : Answer::No;
        scratch.m_asked.push_back(index);
    }
    return answer == Answer::Yes;
}

} // namespace cordon::detect
