#include "core/detect/anchor_choice.h"

#include "core/detect/regex_texts.h"
#include "core/detect/text_fold.h"

#include <algorithm>
#include <cmath>

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

/// One of them holds in every record that passes; none when no such texts are known.
std::vector<CandidateIndex::Anchor> anchorsFor(const Predicate& predicate)
{
    const FieldTest& test = *predicate.test;
    if (test.isNegated)
        return {};
    const bool isKeyword = test.kind == FieldTest::Kind::Keyword;
    const auto anchor = [&](Place place, std::string_view text) -> std::vector<CandidateIndex::Anchor> {
        // The quick pass over whole records knows no short texts.
        const std::size_t shortest = isKeyword ? TextIndex::shortestGram : TextIndex::shortestInside;
        if (place == Place::Inside ? text.size() < shortest : place != Place::Whole && text.empty())
            return {};
        return {{isKeyword ? CandidateIndex::wholeRecord : predicate.field, place, folded(text)}};
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
        return test.regex ? std::vector<CandidateIndex::Anchor>() : anchor(Place::Inside, longestLiteral(test.pattern));
    case FieldTest::Kind::Pattern:
        return anchor(Place::Inside, longestLiteral(test.pattern));
    case FieldTest::Kind::Regex: {
        std::vector<CandidateIndex::Anchor> anchors;
        for (std::string& text : textsIn(*test.regex))
            anchors.push_back({predicate.field, Place::Inside, std::move(text)});
        return anchors;
    }
    default:
        return {};
    }
}

/// A guess at how many records pass: short texts and those at an end (`.exe`) are in many, signs beyond ASCII in few.
double commonness(const CandidateIndex::Anchor& anchor)
{
    const std::size_t size = anchor.text.size();
    if (std::any_of(anchor.text.begin(), anchor.text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
        return 0.1;
    switch (anchor.place) {
    case Place::Whole:
        return size < 2 ? 40 : size < 8 ? 10 : 4;
    case Place::Start:
    case Place::End:
        return size < 6 ? 60 : 8;
    case Place::Inside:
        break;
    }
    return size < 4 ? 64 : size < 6 ? 24 : size < 8 ? 8 : 3;
}

} // namespace

AnchorChoice::AnchorChoice(const std::vector<Predicate>& predicates,
                           const std::vector<std::vector<std::uint32_t>>& predicatesOf)
    : m_uses(predicates.size())
{
    m_anchors.reserve(predicates.size());
    for (const Predicate& predicate : predicates)
        m_anchors.push_back(anchorsFor(predicate));
    for (const auto& indices : predicatesOf) {
        for (const std::uint32_t index : indices) {
            ++m_uses[index];
            if (m_anchors[index].empty() || m_anchors[index].front().field == CandidateIndex::wholeRecord)
                continue;
            const FieldIndex field = m_anchors[index].front().field;
            if (m_fieldUses.size() <= field)
                m_fieldUses.resize(field + 1);
            ++m_fieldUses[field];
        }
    }
}

std::vector<CandidateIndex::Anchor> AnchorChoice::anchorsOf(const Expression& condition,
                                                            const std::vector<std::uint32_t>& predicates) const
{
    std::vector<CandidateIndex::Anchor> anchors;
    for (const std::uint32_t index : choose(condition, predicates).predicates)
        anchors.insert(anchors.end(), m_anchors[index].begin(), m_anchors[index].end());
    return anchors;
}

AnchorChoice::Choice AnchorChoice::choose(const Expression& expression,
                                          const std::vector<std::uint32_t>& predicates) const
{
    switch (expression.kind) {
    case Expression::Kind::Test: {
        const std::uint32_t index = predicates[expression.number];
        return m_anchors[index].empty() ? Choice{} : Choice{{index}, costOf(index)};
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
    const std::vector<CandidateIndex::Anchor>& anchors = m_anchors[predicate];
    if (anchors.front().field == CandidateIndex::wholeRecord)
        return lookThroughRecord;
    double cost = lookAtField / static_cast<double>(m_fieldUses[anchors.front().field]);
    const auto uses = static_cast<double>(m_uses[predicate]);
    for (const CandidateIndex::Anchor& anchor : anchors)
        cost += commonness(anchor) * uses * std::sqrt(uses);
    return cost;
}

} // namespace cordon::detect
