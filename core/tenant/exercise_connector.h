#pragma once

#include "core/act/connector.h"
#include "core/tenant/deed.h"
#include "core/tenant/tenant.h"

namespace cordon::tenant {

/// The connector to the exercise tenant. It reaches nothing but one SQLite file. Belongs, with its tenant, to one
/// thread. Source: docs/formats/tenant.md
class ExerciseConnector : public act::Connector
{
public:
    static constexpr const char* connectorName = "exercise";

    explicit ExerciseConnector(Tenant tenant)
        : ExerciseConnector(std::move(tenant), {connectorName, {}})
    {}
    /// @param part  what of the tenant is behind this connector; no prefixes: everything
    ExerciseConnector(Tenant tenant, Tenant::Part part)
        : m_tenant(std::move(tenant))
        , m_part(std::move(part))
    {}

    [[nodiscard]] std::string name() const override { return m_part.connector; }
    [[nodiscard]] std::string tenant() const override { return m_tenant.name(); }
    [[nodiscard]] std::string environment() const override { return "exercise"; }
    [[nodiscard]] bool isExercise() const override { return true; }
    /// Every verb of the catalogue.
    [[nodiscard]] std::vector<act::Capability> capabilities() const override;

    [[nodiscard]] bool holds(const EntityRef& entity) const override;

    [[nodiscard]] Result<TargetFacts> inspect(const EntityRef& target, const std::stop_token& stop) override;
    [[nodiscard]] Result<Preview> preview(const Action& action, const std::stop_token& stop) override;
    [[nodiscard]] Result<act::ExecuteReply> execute(Permit permit, const Action& action,
                                                    const std::stop_token& stop) override;
    [[nodiscard]] Result<Outcome> verify(const Action& action, const std::stop_token& stop) override;
    [[nodiscard]] Result<act::ExecuteReply> undo(Permit permit, const Action& action, const Value& undoRecord,
                                                 bool overwritesDrift, const std::stop_token& stop) override;

    /// The tenant itself, for filling it and for playing other people. On the connector's thread only.
    [[nodiscard]] Tenant& contents() { return m_tenant; }

private:
    /// Checks the permit and spends its serial before anything moves. @return hex digest of the action
    [[nodiscard]] Result<std::string> spend(const Permit& permit, const Action& action);
    /// Carries the deed out in one transaction. @param limit  at most so many changes (a provider that does half)
    [[nodiscard]] Result<act::ExecuteReply> carryOut(const Deed& deed, const Action& action, const std::string& digest,
                                                     const std::string& serial, std::size_t limit);

    Tenant m_tenant;
    Tenant::Part m_part;
};

} // namespace cordon::tenant
