#pragma once

#include "tests/core/ingest/records.h"

#include <QStringList>

namespace cordon::ingest {

/// `kind/type=id`
inline QString shown(const EntityRef& entity)
{
    return QString::fromStdString(std::string(toString(entity.kind)) + '/' + entity.type + '=' + entity.id);
}

inline QString shown(const std::optional<EntityRef>& entity)
{
    return entity ? shown(*entity) : QString("nobody");
}

inline QStringList shown(const std::vector<EventTarget>& targets)
{
    QStringList all;
    for (const EventTarget& target : targets)
        all << QString::fromStdString(target.relation) + ' ' + shown(target.entity);
    return all;
}

/// A record of account 111122223333 in eu-west-1 with the given members in place of the usual ones.
inline std::string record(const std::string& members, const std::string& identity = {})
{
    const std::string user =
        "{'type':'IAMUser','arn':'arn:aws:iam::111122223333:user/ci/deploy','accountId':'111122223333',"
        "'userName':'deploy','principalId':'AIDA1','accessKeyId':'AKIA1'}";
    return json("{'eventVersion':'1.08','eventTime':'2026-03-01T10:00:00Z','awsRegion':'eu-west-1','eventID':'e-1',"
                "'recipientAccountId':'111122223333','userIdentity':" +
                (identity.empty() ? user : identity) + "," + members + "}");
}

inline std::string call(const std::string& service, const std::string& verb, const std::string& request,
                        const std::string& response = "null")
{
    return record("'eventSource':'" + service + ".amazonaws.com','eventName':'" + verb +
                  "','requestParameters':" + request + ",'responseElements':" + response);
}

} // namespace cordon::ingest
