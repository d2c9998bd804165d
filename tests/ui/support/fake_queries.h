#pragma once

#include "tests/ui/support/fake_case.h"
#include "ui/bridge/case_queries.h"

namespace cordon::test {

/// Questions to a made-up case, answered on a real query thread.
[[nodiscard]] inline ui::bridge::CaseQueries::Open openFakeCase()
{
    return [] { return Result<std::unique_ptr<ui::bridge::CaseSource>>(std::make_unique<FakeCase>()); };
}

} // namespace cordon::test
