#pragma once

#include "core/connectors/deed.h"
#include "core/connectors/effects.h"
#include "core/connectors/kubernetes/object_name.h"

namespace cordon::connectors::kubernetes {

/// What a deployment's pods were last told to start anew for: {"restarted_at" as kubectl notes it, "action"}, null where nobody did.
[[nodiscard]] Value configurationOf(const Value& deployment);
/// Starts a deployment's pods anew, one after the other, so that they take what a secret holds now.
/// ErrorCode::NotFound when the action names a secret that the pods do not use, Unsupported for anything else to be set.
[[nodiscard]] Result<Deed> planRestart(const Action& action, const TargetFacts& facts, const ObjectName& name, const Value& deployment);
/// There once every pod is a new one and ready; unclear while they start.
[[nodiscard]] Effect restartEffect(const Action& action, const Value& deployment);
/// Has the node's kubelet write the memory of each container of a pod to its disk.
[[nodiscard]] Result<Deed> planCheckpoint(const ObjectName& name, const Value& pod);
/// The mark by which an action's change is known again.
[[nodiscard]] std::string markOf(const Action& action);

} // namespace cordon::connectors::kubernetes
