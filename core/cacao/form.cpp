#include "core/cacao/form.h"

#include "core/cacao/form_tables.h"

namespace cordon::cacao {
namespace {

using namespace form; // the table below reads like the schema that it stands for

constexpr std::string_view playbookType[] = {"playbook"};
constexpr std::string_view version[] = {"cacao-2.0"};

constexpr Member summaryMembers[] = {
    {"manual_playbook", flag}, {"external_playbooks", flag}, {"parallel_processing", flag},     {"if_logic", flag},
    {"while_logic", flag},     {"switch_logic", flag},       {"temporal_logic", flag},          {"data_markings", flag},
    {"extensions", flag},      {"digital_signatures", flag}, {"countersigned_signatures", flag}};

constexpr Member playbookMembers[] = {{"type", word<playbookType>, true},
                                      {"spec_version", word<version>, true},
                                      {"id", identifier, true},
                                      {"name", text, true},
                                      {"description", text},
                                      {"playbook_types", list<text>},
                                      {"playbook_activities", list<text, 1>},
                                      {"playbook_processing_summary", object<summaryMembers>},
                                      {"created_by", identifier, true},
                                      {"created", timestamp, true},
                                      {"modified", timestamp, true},
                                      {"revoked", flag},
                                      {"valid_from", timestamp},
                                      {"valid_until", timestamp},
                                      {"derived_from", list<identifier, 1>},
                                      {"related_to", list<identifier, 1>},
                                      {"priority", percent},
                                      {"severity", percent},
                                      {"impact", percent},
                                      {"industry_sectors", list<text, 1>},
                                      {"labels", list<text, 1>},
                                      {"external_references", list<reference, 1>},
                                      {"markings", list<identifier, 1>},
                                      {"playbook_variables", variables},
                                      {"workflow_start", identifier, true},
                                      {"workflow_exception", identifier},
                                      {"workflow", steps, true},
                                      {"playbook_extensions", extensions},
                                      {"authentication_info_definitions", logins},
                                      {"agent_definitions", agentsAndTargets},
                                      {"target_definitions", agentsAndTargets},
                                      {"extension_definitions", extensionDefinitions},
                                      {"data_marking_definitions", markings},
                                      {"signatures", list<signature, 1>}};

} // namespace

void checkForm(const Value& root, std::vector<Finding>& findings)
{
    members(Spot(findings), root, playbookMembers);
}

} // namespace cordon::cacao
