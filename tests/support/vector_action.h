#pragma once

#include "core/domain/action.h"

namespace cordon::test {

/// The action of the design's vectors, whose digest another implementation worked out.
inline Action vectorAction()
{
    Action action;
    action.type = "credential.delete";
    action.connector = "aws";
    action.tenant = "prod";
    action.targets = {{EntityKind::Credential, "AKIAEXAMPLE000000001", {}, {}}};
    action.params = Value::Object{{"user", "svc-deploy-ci"}};
    action.expectedState = "4ed600e3cae923b75e0cf3f23a365207c3e881cbd754a98781a8c3f280571daf";
    action.incident = "INC-7";
    action.session = "s-1";
    action.mandate = "a7fd228b12c747357e1c76b9704e197f03a8f893f1fb046379ac9a9d5c61bcb3";
    return action;
}

} // namespace cordon::test
