#pragma once

#include "core/connectors/planned_provider.h"

namespace cordon::connectors::kubernetes {

/// A Kubernetes cluster: pods, deployments, nodes, service accounts and their bindings, legacy tokens. Source: docs/formats/connectors.md, "kubernetes"
/// @param pause  waits between two looks; none: really
/// ErrorCode::Invalid names the option that does not fit.
[[nodiscard]] Result<std::unique_ptr<act::Provider>> makeKubernetesProvider(const act::ConnectorSettings& settings, Asker::Pause pause = {});

} // namespace cordon::connectors::kubernetes
