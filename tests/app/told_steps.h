#pragma once

#include "tests/app/ctl_runner.h"

namespace cordon::tests {

/// The step of that verb on that thing, by name or id, as a run's report tells it; null when there is none.
inline Value stepOf(const Ran& ran, const std::string& verb, const std::string& target)
{
    const Value report = ran.json();
    for (const Value& incident : report["incidents"].asArray()) {
        for (const Value& step : incident["plan"]["steps"].asArray()) {
            const Value& thing = step["target"];
            if (step["action"].asString() == verb && (thing["name"].asString() == target || thing["id"].asString() == target))
                return step;
        }
    }
    return {};
}

/// The sequences, for whoever reads why a test failed.
inline QByteArray shown(const Ran& ran)
{
    QByteArray text = ran.err;
    const Value report = ran.json();
    for (const Value& incident : report["incidents"].asArray()) {
        for (const Value& entity : incident["entities"].asArray())
            text += QByteArray::fromStdString(entity["name"].asString() + ' ' + json::write(entity["why"].asArray().back()["text"])) + '\n';
        for (const Value& step : incident["plan"]["steps"].asArray())
            text += QByteArray::fromStdString(step["action"].asString() + ' ' + step["target"]["name"].asString() + ' ' + step["tier"].asString() +
                                              ' ' + step["state"].asString() + ' ' + json::write(step["note"]) + ' ' + json::write(step["decision"]["missing"]) + '\n');
    }
    return text;
}

} // namespace cordon::tests
