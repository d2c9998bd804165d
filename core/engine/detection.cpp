#include "core/engine/detection.h"

#include "core/detect/rule_folder.h"
#include "core/platform/file.h"
#include "core/words/attack.h"

namespace cordon::engine {

Result<std::unique_ptr<Detection>> Detection::load(const Wish& wish)
{
    auto detection = std::make_unique<Detection>();
    CORDON_TRY(detection->maps, ingest::FieldMaps::load(wish.resources / "field_maps", detection->plan, wish.maps));
    detect::Placeholders placeholders;
    if (!wish.placeholders.empty()) {
        CORDON_TRY(placeholders, detect::loadPlaceholders(wish.placeholders));
    }
    detect::RuleSet rules;
    if (wish.usesBuiltinRules) {
        const std::vector<std::filesystem::path> own{wish.resources / "rules"};
        rules.merge(detect::RuleSet::load(own, true, placeholders));
    }
    if (!wish.rules.empty())
        rules.merge(detect::RuleSet::load(wish.rules, false, placeholders));
    if (wish.usesBuiltinRules) {
        const std::filesystem::path file = wish.resources / "rule_tuning.yml";
        CORDON_TRY(const std::string text, platform::readFile(file));
        CORDON_TRY(const detect::RuleTuning tuning, detect::RuleTuning::parse(text, file.string()));
        rules.tune(tuning);
    }
    rules.renameTechniques([](const std::string& id) { return words::attack().currentId(id); });
    detection->program =
        std::make_unique<detect::RuleProgram>(detect::RuleProgram::compile(std::move(rules), detection->plan));
    detection->correlations = std::make_unique<detect::CorrelationEngine>(*detection->program, detection->plan);
    detection->maps.complete(detection->plan);
    return detection;
}

std::size_t Detection::ruleCount() const
{
    return program->rules().rules().size() - program->rules().disabled().size();
}

} // namespace cordon::engine
