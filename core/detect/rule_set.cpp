#include "core/detect/rule_set.h"

#include "core/detect/rule_folder.h"

#include <algorithm>

namespace cordon::detect {
namespace fs = std::filesystem;
namespace {

/// The condition of `filter` over the tests of `rule`, which gets the filter's tests added.
Expression adopt(const Expression& expression, std::size_t offset)
{
    Expression result{expression.kind, expression.number, {}};
    if (expression.kind == Expression::Kind::Test)
        result.number += static_cast<std::uint32_t>(offset);
    for (const Expression& part : expression.parts)
        result.parts.push_back(adopt(part, offset));
    return result;
}

bool isSameSource(const LogSource& filter, const LogSource& rule)
{
    return (filter.product.empty() || filter.product == rule.product) &&
           (filter.service.empty() || filter.service == rule.service) &&
           (filter.category.empty() || filter.category == rule.category);
}

bool isNamed(const std::vector<std::string>& names, const Rule& rule)
{
    return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
        return name == "any" || name == rule.info.id || (!rule.name.empty() && name == rule.name);
    });
}

/// True when the correlation at `index` counts on its own result, directly or through others.
bool isCyclic(const std::vector<Rule>& rules, RuleIndex index)
{
    std::vector<bool> seen(rules.size());
    std::vector<RuleIndex> open{index};
    while (!open.empty()) {
        const Rule& rule = rules[open.back()];
        open.pop_back();
        if (!rule.correlation)
            continue;
        for (const RuleIndex next : rule.correlation->ruleIndices) {
            if (next == index)
                return true;
            if (!seen[next])
                open.push_back(next);
            seen[next] = true;
        }
    }
    return false;
}

} // namespace

RuleSet RuleSet::load(std::span<const fs::path> paths, bool isBuiltin, const Placeholders& placeholders)
{
    RuleSet set;
    RuleFolder folder;
    for (const fs::path& path : paths) {
        const auto files = RuleFolder::list(path);
        if (!files) {
            set.m_rejected.push_back({path.string(), 0, files.error().detail});
            continue;
        }
        for (const fs::path& file : *files) {
            std::error_code error;
            const fs::path whole = fs::absolute(file, error);
            set.addFile(file, isBuiltin, placeholders, folder.licenseOf((error ? file : whole).parent_path()));
        }
    }
    return set;
}

void RuleSet::addFile(const fs::path& path, bool isBuiltin, const Placeholders& placeholders,
                      std::string_view folderLicense)
{
    const auto text = RuleFolder::read(path);
    if (!text) {
        m_rejected.push_back({path.string(), 0, text.error().detail});
        return;
    }
    ++m_fileCount;
    ParsedRules parsed = parseRules(*text, path.string(), placeholders);
    for (Rule& rule : parsed.rules) {
        rule.info.isBuiltin = isBuiltin;
        if (rule.info.license.empty() && !rule.info.author.empty())
            rule.info.license = folderLicense;
    }
    take(std::move(parsed));
}

void RuleSet::add(std::string_view text, const std::string& file, bool isBuiltin, const Placeholders& placeholders)
{
    ++m_fileCount;
    ParsedRules parsed = parseRules(text, file, placeholders);
    for (Rule& rule : parsed.rules)
        rule.info.isBuiltin = isBuiltin;
    take(std::move(parsed));
}

void RuleSet::merge(RuleSet other)
{
    m_fileCount += other.m_fileCount;
    take({std::move(other.m_rules), std::move(other.m_filters), std::move(other.m_rejected)});
}

void RuleSet::take(ParsedRules parsed)
{
    for (Rule& rule : parsed.rules)
        takeRule(std::move(rule));
    std::move(parsed.filters.begin(), parsed.filters.end(), std::back_inserter(m_filters));
    std::move(parsed.rejected.begin(), parsed.rejected.end(), std::back_inserter(m_rejected));
}

void RuleSet::takeRule(Rule rule)
{
    const auto [place, isNew] = m_byId.try_emplace(rule.info.id, static_cast<RuleIndex>(m_rules.size()));
    if (!isNew) {
        const std::string& first = m_rules[place->second].info.file;
        m_rejected.push_back({rule.info.file, rule.line, "same id as the rule in " + first + ", which is kept"});
        return;
    }
    m_rules.push_back(std::move(rule));
}

void RuleSet::renameTechniques(const std::function<std::string(const std::string&)>& current)
{
    for (Rule& rule : m_rules) {
        std::vector<std::string> renamed;
        for (const std::string& id : rule.info.techniques) {
            std::string now = current(id);
            if (std::find(renamed.begin(), renamed.end(), now) == renamed.end())
                renamed.push_back(std::move(now));
        }
        rule.info.techniques = std::move(renamed);
    }
}

std::vector<RejectedRule> RuleSet::disabled() const
{
    std::vector<RejectedRule> list;
    for (const Rule& rule : m_rules) {
        if (!rule.disabledReason.empty())
            list.push_back({rule.info.file, rule.line, rule.disabledReason});
    }
    return list;
}

void RuleSet::link()
{
    applyFilters();
    linkCorrelations();
}

void RuleSet::applyFilters()
{
    for (const RuleFilter& filter : m_filters) {
        if (!filter.disabledReason.empty()) {
            m_rejected.push_back({filter.file, filter.line, filter.disabledReason});
            continue;
        }
        bool hasRule = false;
        for (Rule& rule : m_rules) {
            if (rule.correlation || !isNamed(filter.ruleNames, rule) || !isSameSource(filter.logSource, rule.logSource))
                continue;
            hasRule = true;
            std::vector<Expression> parts;
            parts.push_back(std::move(rule.condition));
            parts.push_back(Expression::negation(adopt(filter.condition, rule.tests.size())));
            rule.condition = Expression::join(Expression::Kind::All, std::move(parts));
            rule.tests.insert(rule.tests.end(), filter.tests.begin(), filter.tests.end());
        }
        if (!hasRule)
            m_rejected.push_back({filter.file, filter.line, "the filter fits no rule that is loaded"});
    }
    m_filters.clear();
}

void RuleSet::linkCorrelations()
{
    // A rejected correlation may be what another one names, so that this goes on until nothing changes.
    while (const auto broken = bindCorrelations()) {
        m_rejected.push_back({m_rules[broken->first].info.file, m_rules[broken->first].line, broken->second});
        m_rules.erase(m_rules.begin() + static_cast<std::ptrdiff_t>(broken->first));
    }
    disableWhatCannotMatch();
    for (const Rule& rule : m_rules) {
        if (!rule.correlation || rule.correlation->generate)
            continue;
        for (const RuleIndex index : rule.correlation->ruleIndices)
            m_rules[index].raisesAlert = false;
    }
    m_byId.clear();
    for (std::size_t at = 0; at < m_rules.size(); ++at)
        m_byId[m_rules[at].info.id] = static_cast<RuleIndex>(at);
}

/// A correlation on rules that do not run says so instead of silently never matching; so does one on that one.
void RuleSet::disableWhatCannotMatch()
{
    for (bool hasMore = true; hasMore;) {
        hasMore = false;
        for (Rule& rule : m_rules) {
            if (!rule.correlation || !rule.disabledReason.empty())
                continue;
            const CorrelationRule& correlation = *rule.correlation;
            const bool isTemporal = correlation.kind == CorrelationRule::Kind::Temporal ||
                                    correlation.kind == CorrelationRule::Kind::TemporalOrdered;
            double running = 0;
            std::string missing;
            for (const RuleIndex index : correlation.ruleIndices) {
                if (m_rules[index].disabledReason.empty())
                    ++running;
                else
                    missing = m_rules[index].info.title;
            }
            const bool mayMatch = isTemporal ? missing.empty() || correlation.holds(running) : running > 0;
            if (mayMatch)
                continue;
            rule.disabledReason = "the correlation needs the rule '" + missing + "', which is disabled";
            hasMore = true;
        }
    }
}

std::optional<std::pair<std::size_t, std::string>> RuleSet::bindCorrelations()
{
    std::map<std::string, RuleIndex, std::less<>> byName;
    for (std::size_t at = m_rules.size(); at-- > 0;) {
        if (!m_rules[at].name.empty())
            byName[m_rules[at].name] = static_cast<RuleIndex>(at);
    }
    for (std::size_t at = 0; at < m_rules.size(); ++at)
        byName[m_rules[at].info.id] = static_cast<RuleIndex>(at);
    for (std::size_t at = 0; at < m_rules.size(); ++at) {
        if (!m_rules[at].correlation)
            continue;
        CorrelationRule& correlation = *m_rules[at].correlation;
        correlation.ruleIndices.clear();
        for (const std::string& name : correlation.ruleNames) {
            const auto found = byName.find(name);
            if (found == byName.end())
                return std::pair(at, "the correlation names '" + name + "', which is not loaded");
            if (m_rules[found->second].usesBaseline)
                return std::pair(at, "the correlation counts '" + name + "', which asks about an identity's past");
            correlation.ruleIndices.push_back(found->second);
            const Rule& named = m_rules[found->second];
            for (auto& [alias, fields] : correlation.aliases) {
                // The alias may go by the rule's name where the list goes by its id, and the other way round.
                for (const std::string& other : {named.name, named.info.id}) {
                    if (!fields.contains(name) && fields.contains(other))
                        fields[name] = fields[other];
                }
                if (!fields.contains(name))
                    return std::pair(at, "the alias '" + alias + "' names no field of '" + name + "'");
            }
        }
    }
    for (std::size_t at = 0; at < m_rules.size(); ++at) {
        if (m_rules[at].correlation && isCyclic(m_rules, static_cast<RuleIndex>(at)))
            return std::pair(at, std::string("the correlation counts on its own result"));
    }
    return std::nullopt;
}

} // namespace cordon::detect
