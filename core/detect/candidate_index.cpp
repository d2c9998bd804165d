#include "core/detect/candidate_index.h"

#include "core/detect/text_fold.h"
#include "core/domain/event_view.h"

#include <algorithm>

namespace cordon::detect {
namespace {

std::string bucketName(std::string_view product, std::string_view service, std::string_view category)
{
    return folded(product) + '\n' + folded(service) + '\n' + folded(category);
}

} // namespace

void CandidateIndex::add(RuleIndex rule, const LogSource& source, const std::vector<Anchor>& anchors)
{
    Bucket& bucket = m_buckets[bucketName(source.product, source.service, source.category)];
    if (anchors.empty())
        bucket.always.push_back(rule);
    for (const Anchor& anchor : anchors) {
        auto field = std::find_if(bucket.anchored.begin(), bucket.anchored.end(),
                                  [&](const AnchorField& known) { return known.field == anchor.field; });
        if (field == bucket.anchored.end())
            field = bucket.anchored.insert(field, AnchorField{anchor.field, {}});
        field->rules.add(anchor.place, anchor.text, rule);
    }
}

void CandidateIndex::build()
{
    for (auto& [name, bucket] : m_buckets) {
        for (AnchorField& field : bucket.anchored)
            field.rules.build();
    }
}

CandidateIndex::Route CandidateIndex::route(std::string_view product, std::string_view service,
                                            std::span<const std::string> categories) const
{
    Route route;
    if (service == anyLogSource) {
        for (const auto& [name, bucket] : m_buckets)
            route.push_back(&bucket);
        return route;
    }
    const auto look = [&](std::string_view ofProduct, std::string_view ofService, std::string_view ofCategory) {
        const auto found = m_buckets.find(bucketName(ofProduct, ofService, ofCategory));
        if (found == m_buckets.end() || std::find(route.begin(), route.end(), &found->second) != route.end())
            return;
        route.push_back(&found->second);
    };
    for (const std::string_view ofProduct : {std::string_view(), product}) {
        for (const std::string_view ofService : {std::string_view(), service}) {
            look(ofProduct, ofService, {});
            for (const std::string& category : categories)
                look(ofProduct, ofService, category);
        }
    }
    // Rules that tell only a category belong to logs that go by that name, too.
    look({}, {}, product);
    look({}, {}, service);
    return route;
}

} // namespace cordon::detect
