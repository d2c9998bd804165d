#include "core/engine/codec.h"

namespace cordon::engine::codec {

Value toValue(const ExternalOrigin& origin)
{
    Value::Array history;
    for (const ExternalOrigin::Version& version : origin.history)
        history.push_back(Value::Object{{"updated", version.updated.toString()},
                                        {"severity", version.severity},
                                        {"status", version.status},
                                        {"event", version.event.value}});
    return Value::Object{{"product", origin.product},
                         {"product_name", origin.productName},
                         {"id", origin.id},
                         {"link", origin.link},
                         {"severity", origin.severity},
                         {"status", origin.status},
                         {"state", toString(origin.state)},
                         {"updated", origin.updated.toString()},
                         {"drawn_from", textList(origin.drawnFrom)},
                         {"source_read", origin.isSourceRead},
                         {"history", std::move(history)}};
}

ExternalOrigin externalFrom(const Value& value)
{
    ExternalOrigin origin;
    origin.product = value["product"].asString();
    origin.productName = value["product_name"].asString();
    origin.id = value["id"].asString();
    origin.link = value["link"].asString();
    origin.severity = value["severity"].asString();
    origin.status = value["status"].asString();
    origin.state = findingStateFrom(value["state"].asString());
    origin.updated = timeFrom(value["updated"]).value_or(Timestamp());
    origin.drawnFrom = textListFrom(value["drawn_from"]);
    origin.isSourceRead = value["source_read"].asBool();
    for (const Value& item : value["history"].asArray())
        origin.history.push_back({timeFrom(item["updated"]).value_or(Timestamp()), item["severity"].asString(),
                                  item["status"].asString(), EventId{item["event"].asInt()}});
    return origin;
}

} // namespace cordon::engine::codec
