#include "core/engine/record_bytes.h"

#include <list>
#include <memory>

namespace cordon::engine {

investigate::RecordReader recordsIn(const record::EvidenceVault& vault)
{
    constexpr std::size_t mostOpen = 4;
    using Open = std::list<std::pair<Digest, record::EvidenceObject>>; ///< used last first
    return [vault, open = std::make_shared<Open>()](const Event& event) -> Result<std::string> {
        for (auto place = open->begin(); place != open->end(); ++place) {
            if (place->first != event.cite.evidence)
                continue;
            open->splice(open->begin(), *open, place);
            return open->front().second.read(event.cite.offset, event.cite.length);
        }
        CORDON_TRY(record::EvidenceObject object, vault.open(event.cite.evidence));
        open->emplace_front(event.cite.evidence, std::move(object));
        if (open->size() > mostOpen)
            open->pop_back();
        return open->front().second.read(event.cite.offset, event.cite.length);
    };
}

} // namespace cordon::engine
