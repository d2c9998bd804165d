#pragma once

#include "core/domain/entity.h"
#include "core/domain/field_plan.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace cordon::ingest {

/// How the texts of a kind of thing become one canonical id. Source: docs/formats/field-map.md, "Spellings"
enum class Spelling {
    AsIs,       ///< the text
    Arn,        ///< an ARN stays, another text goes into the template
    IamName,    ///< like Arn; ARNs lose their path, and a role session's becomes the role's
    SecretName, ///< like Arn; ARNs lose the random suffix
    ArnTail,    ///< of an ARN what stands behind its last slash or colon; another text stays
};

/// A kind of thing that rules name, and how texts become its id. Source: docs/formats/field-map.md, "Things"
struct Thing
{
    EntityKind kind = EntityKind::Resource;
    std::string type;
    Spelling spelling = Spelling::AsIs;
    bool isUnquoted = false;          ///< texts are JSON: `"a"` and `["a"]` mean a
    std::string behindEach;           ///< a text names several: one stands behind each of these
    std::string split;                ///< a text names several, with this between them
    std::vector<std::string> without; ///< leading texts that do not belong to the name, in order
    std::string before;               ///< what starts here does not belong to it
    std::string afterLast;            ///< it stands behind the last of these
    bool isFolded = false;            ///< letters in lower case
    std::string id;                   ///< template with {text}, {partition}, {region}, {account}, {owner}; "" is {text}
    std::vector<std::pair<std::string, FieldIndex>> fields; ///< what {path.of.field} in the template means
    std::vector<std::string> arns; ///< `service:resource-prefix` of the ARNs that are this thing
    std::map<std::string, std::string> known; ///< display names of ids that everybody knows, in lower case
    std::vector<std::string> like; ///< patterns of the names that are this thing
};

} // namespace cordon::ingest
