#include "app/ctl/exports.h"

#include "app/ctl/interrupts.h"
#include "core/base/clock.h"
#include "core/engine/index_check.h"
#include "core/exports/handing_over.h"

#include <iostream>
#include <unistd.h>

namespace cordon::ctl {

int writeExport(const Context& context, const ExportOptions& options)
{
    if (options.out.empty() && options.format == "pdf" && ::isatty(STDOUT_FILENO) == 1)
        return failed({ErrorCode::Invalid, "a PDF is not for a terminal: name a file with --out"});
    const MachineClock clock;
    exports::ExportWish wish{options.format, options.incident, options.ocsfVersion, {}, clock.now().toString(), options.zone};
    if (!options.out.empty()) {
        const Interrupts interrupts;
        wish.stop = interrupts.token();
        const auto written = exports::exportToFile({options.folder, context.home, options.out, wish, options.verifies, {}, false, options.key}, clock);
        return written ? Done : failed(written.error());
    }
    if (const auto checked = engine::checkIndex(options.folder, context.home); !checked)
        return failed(checked.error());
    if (options.verifies && (options.format == "html" || options.format == "pdf")) {
        auto verdict = exports::verdictNow(options.folder, context.home, {}, {}, false, options.key);
        if (!verdict)
            return failed(verdict.error());
        wish.verdict = std::move(*verdict);
    }
    const auto written = exports::writeExport(options.folder, wish, std::cout);
    return written ? Done : failed(written.error());
}

} // namespace cordon::ctl
