#include "core/engine/step_entry.h"

#include "core/engine/codec.h"

namespace cordon::engine {

Value actionData(const Step& step, const std::string& digest)
{
    return Value::Object{{"step", step.id},
                         {"title", codec::toValue(step.title)},
                         {"action", step.action.toValue()},
                         {"digest", digest}};
}

Text denyNote(const Decision& decision)
{
    std::string clauses;
    for (const std::string& clause : decision.clauses)
        clauses += (clauses.empty() ? "" : " ") + clause;
    return {"step.denied_by", {{"clauses", clauses}}};
}

Text saidNote(const std::string& text)
{
    return text.empty() ? Text() : Text{"step.said", {{"text", text}}};
}

} // namespace cordon::engine
