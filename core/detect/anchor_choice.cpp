#include "core/detect/anchor_choice.h"

#include "core/detect/text_fold.h"

#include <algorithm>

namespace cordon::detect {
namespace {

using Place = TextIndex::Place;

/// The longest text without places for others in it.
std::string_view longestLiteral(const Wildcard& pattern)
{
    std::string_view longest;
    for (const Wildcard::Token& token : pattern.tokens()) {
        if (token.part == Wildcard::Part::Literal && token.text.size() > longest.size())
            longest = token.text;
    }
    return longest;
}

std::optional<CandidateIndex::Anchor> anchorOf(const Predicate& predicate)
{
    const FieldTest& test = *predicate.test;
    if (test.isNegated)
        return std::nullopt;
    const auto anchor = [&predicate](Place place, std::string_view text) -> std::optional<CandidateIndex::Anchor> {
        const bool isLongEnough = text.size() >= TextIndex::shortestInside;
        if (place == Place::Inside ? !isLongEnough : place != Place::Whole && text.empty())
            return std::nullopt;
        const bool isKeyword = predicate.test->kind == FieldTest::Kind::Keyword;
        return CandidateIndex::Anchor{isKeyword ? CandidateIndex::wholeRecord : predicate.field, place, folded(text)};
    };
    switch (test.kind) {
    case FieldTest::Kind::Equals:
        return anchor(Place::Whole, test.text);
    case FieldTest::Kind::Prefix:
        return anchor(Place::Start, test.text);
    case FieldTest::Kind::Suffix:
        return anchor(Place::End, test.text);
    case FieldTest::Kind::Contains:
        return anchor(Place::Inside, test.text);
    case FieldTest::Kind::Keyword:
        return test.regex ? std::nullopt : anchor(Place::Inside, longestLiteral(test.pattern));
    case FieldTest::Kind::Pattern:
        return anchor(Place::Inside, longestLiteral(test.pattern));
    default:
        return std::nullopt;
    }
}

/// A guess at how many records pass: short texts and those at an end (`.exe`) are in many.
double commonness(const CandidateIndex::Anchor& anchor)
{
    const std::size_t size = anchor.text.size();
    switch (anchor.place) {
    case Place::Whole:
        return size < 2 ? 40 : 4;
    case Place::Start:
    case Place::End:
        return size < 6 ? 60 : 8;
    case Place::Inside:
        break;
    }
    return 64.0 / static_cast<double>(std::min<std::size_t>(size / 3, 16) + 1);
}

} // namespace

AnchorChoice::AnchorChoice(const std::vector<Predicate>& predicates,
                           const std::vector<std::vector<std::uint32_t>>& predicatesOf)
    : m_predicates(predicates), m_uses(predicates.size())
{
    m_anchors.reserve(predicates.size());
    for (const Predicate& predicate : predicates)
        m_anchors.push_back(anchorOf(predicate));
    for (const auto& indices : predicatesOf) {
        for (const std::uint32_t index : indices) {
            ++m_uses[index];
            const FieldIndex field = m_anchors[index] ? m_anchors[index]->field : predicates[index].field;
            if (field == CandidateIndex::wholeRecord)
                continue;
            if (m_fieldUses.size() <= field)
                m_fieldUses.resize(field + 1);
            m_fieldUses[field] += m_anchors[index] ? 1 : 0;
        }
    }
}

std::vector<CandidateIndex::Anchor> AnchorChoice::anchorsOf(const Expression& condition,
                                                            const std::vector<std::uint32_t>& predicates) const
{
    std::vector<CandidateIndex::Anchor> anchors;
    for (const std::uint32_t index : choose(condition, predicates).predicates)
        anchors.push_back(*m_anchors[index]);
    return anchors;
}

AnchorChoice::Choice AnchorChoice::choose(const Expression& expression,
                                          const std::vector<std::uint32_t>& predicates) const
{
    switch (expression.kind) {
    case Expression::Kind::Test: {
        const std::uint32_t index = predicates[expression.number];
        return m_anchors[index] ? Choice{{index}, costOf(index)} : Choice{};
    }
    case Expression::Kind::All:
        return bestOf(expression, predicates);
    case Expression::Kind::AtLeast:
        return expression.number == 0 ? Choice{} : unionOf(expression, predicates);
    case Expression::Kind::Any:
        return unionOf(expression, predicates);
    case Expression::Kind::Not:
        break;
    }
    return {};
}

AnchorChoice::Choice AnchorChoice::bestOf(const Expression& expression,
                                          const std::vector<std::uint32_t>& predicates) const
{
    Choice best;
    for (const Expression& part : expression.parts) {
        Choice choice = choose(part, predicates);
        if (!choice.predicates.empty() && (best.predicates.empty() || choice.cost < best.cost))
            best = std::move(choice);
    }
    return best;
}

AnchorChoice::Choice AnchorChoice::unionOf(const Expression& expression,
                                           const std::vector<std::uint32_t>& predicates) const
{
    Choice all;
    for (const Expression& part : expression.parts) {
        const Choice choice = choose(part, predicates);
        if (choice.predicates.empty())
            return {};
        all.predicates.insert(all.predicates.end(), choice.predicates.begin(), choice.predicates.end());
        all.cost += choice.cost;
    }
    return all;
}

/// A field that few rules look at costs every record a look; a text that many rules ask for is likely common.
double AnchorChoice::costOf(std::uint32_t predicate) const
{
    constexpr double lookAtField = 300;
    constexpr double lookThroughRecord = 100'000;
    if (m_anchors[predicate]->field == CandidateIndex::wholeRecord)
        return lookThroughRecord;
    const auto fieldUses = static_cast<double>(m_fieldUses[m_predicates[predicate].field]);
    return commonness(*m_anchors[predicate]) * static_cast<double>(m_uses[predicate]) + lookAtField / fieldUses;
}

} // namespace cordon::detect
