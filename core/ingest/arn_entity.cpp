#include "core/ingest/arn_entity.h"

#include "core/ingest/arn.h"

#include <algorithm>
#include <array>

namespace cordon::ingest {
namespace {

enum class Id { Whole, WithoutIamPath, WithoutSecretSuffix, Tail };

struct ArnKind
{
    std::string_view service;
    std::string_view start; ///< of the resource
    EntityKind kind;
    std::string_view type;
    Id id;
};

constexpr std::array<ArnKind, 18> kinds{{
    {"iam", "user/", EntityKind::Account, "", Id::WithoutIamPath},
    {"iam", "root", EntityKind::Account, "root", Id::Whole},
    {"iam", "role/", EntityKind::Role, "", Id::WithoutIamPath},
    {"sts", "assumed-role/", EntityKind::Role, "", Id::WithoutIamPath},
    {"iam", "group/", EntityKind::Group, "", Id::WithoutIamPath},
    {"iam", "instance-profile/", EntityKind::Resource, "", Id::WithoutIamPath},
    {"iam", "mfa/", EntityKind::Credential, "factor", Id::Whole},
    {"iam", "policy/", EntityKind::Policy, "", Id::Whole},
    {"ec2", "instance/", EntityKind::Workload, "instance", Id::Tail},
    {"ec2", "security-group/", EntityKind::Resource, "", Id::Tail},
    {"ec2", "snapshot/", EntityKind::Resource, "", Id::Tail},
    {"ec2", "image/", EntityKind::Resource, "", Id::Tail},
    {"ec2", "volume/", EntityKind::Resource, "", Id::Tail},
    {"ec2", "vpc/", EntityKind::Resource, "", Id::Tail},
    {"ec2", "subnet/", EntityKind::Resource, "", Id::Tail},
    {"lambda", "function:", EntityKind::Workload, "function", Id::Whole},
    {"secretsmanager", "secret:", EntityKind::Secret, "", Id::WithoutSecretSuffix},
    {"ssm", "parameter/", EntityKind::Secret, "", Id::Whole},
}};

std::string spelled(Id id, std::string_view arn)
{
    switch (id) {
    case Id::WithoutIamPath:
        return withoutIamPath(arn);
    case Id::WithoutSecretSuffix:
        return withoutSecretSuffix(arn);
    case Id::Tail:
        return std::string(lastPart(arn));
    case Id::Whole:
        break;
    }
    return std::string(arn);
}

} // namespace

std::optional<EntityRef> entityOfArn(std::string_view text)
{
    const auto arn = Arn::parse(text);
    if (!arn)
        return std::nullopt;
    const auto known = std::find_if(kinds.begin(), kinds.end(), [&arn](const ArnKind& kind) {
        return arn->service == kind.service && arn->resource.substr(0, kind.start.size()) == kind.start;
    });
    EntityRef entity;
    entity.kind = known == kinds.end() ? EntityKind::Resource : known->kind;
    entity.type = known == kinds.end() ? std::string_view() : known->type;
    entity.id = known == kinds.end() ? std::string(text) : spelled(known->id, text);
    entity.name = lastPart(entity.id);
    return entity;
}

} // namespace cordon::ingest
