#include "core/detect/candidate_index.h"

#include "core/detect/text_fold.h"

#include <algorithm>

namespace cordon::detect {
namespace {

std::string bucketName(std::string_view product, std::string_view service)
{
    return std::string(product) + '\n' + std::string(service);
}

/// Rules that tell only a category belong to logs that go by that name.
std::string categoryName(std::string_view category)
{
    return "category\n\n" + std::string(category);
}

} // namespace

void CandidateIndex::add(RuleIndex rule, const LogSource& source, const std::vector<Anchor>& anchors)
{
    const bool hasOnlyCategory = source.product.empty() && source.service.empty() && !source.category.empty();
    Bucket& bucket =
        m_buckets[hasOnlyCategory ? categoryName(source.category) : bucketName(source.product, source.service)];
    if (anchors.empty())
        bucket.always.push_back(rule);
    for (const Anchor& anchor : anchors) {
        auto field = std::find_if(bucket.anchored.begin(), bucket.anchored.end(),
                                  [&](const AnchorField& known) { return known.field == anchor.field; });
        if (field == bucket.anchored.end())
            field = bucket.anchored.insert(field, AnchorField{anchor.field, {}});
        std::vector<RuleIndex>& rules = field->rules[anchor.value];
        if (rules.empty() || rules.back() != rule)
            rules.push_back(rule);
    }
}

CandidateIndex::Route CandidateIndex::route(std::string_view product, std::string_view service) const
{
    const std::string foldedProduct = folded(product);
    const std::string foldedService = folded(service);
    const auto bucket = [this](const std::string& name) -> const Bucket* {
        const auto found = m_buckets.find(name);
        return found == m_buckets.end() ? nullptr : &found->second;
    };
    Route route{bucket(bucketName("", ""))};
    if (!foldedProduct.empty()) {
        route[1] = bucket(bucketName(foldedProduct, ""));
        route[2] = bucket(categoryName(foldedProduct));
    }
    if (!foldedService.empty()) {
        route[3] = bucket(bucketName("", foldedService));
        route[4] = foldedService == foldedProduct ? nullptr : bucket(categoryName(foldedService));
    }
    if (!foldedProduct.empty() && !foldedService.empty())
        route[5] = bucket(bucketName(foldedProduct, foldedService));
    return route;
}

} // namespace cordon::detect
