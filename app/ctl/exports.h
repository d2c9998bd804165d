#pragma once

#include "app/ctl/ctl.h"

namespace cordon::ctl {

/// What `report` was asked for beside text, md and json.
struct ExportOptions
{
    std::string folder; ///< a case folder, or the path of an opened sealed case
    std::string incident;
    std::string format;
    std::string ocsfVersion;
    std::string zone; ///< of times in html and pdf; "" for UTC
    std::string out;  ///< file; "" for standard output
    bool verifies = true;
    std::string key; ///< that is trusted; "" for the pinned one
};

/// Writes one of the formats for others. @return exit status
int writeExport(const Context& context, const ExportOptions& options);

} // namespace cordon::ctl
