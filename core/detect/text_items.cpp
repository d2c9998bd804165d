#include "core/detect/text_items.h"

namespace cordon::detect {

std::vector<std::string> textsOf(const Value& value)
{
    std::vector<std::string> texts;
    if (value.isString())
        texts.push_back(value.asString());
    for (const Value& item : value.asArray()) {
        if (item.isString())
            texts.push_back(item.asString());
    }
    return texts;
}

Result<std::vector<std::string>> onlyTextsOf(const Value& value, std::string_view what)
{
    std::vector<std::string> texts = textsOf(value);
    const std::size_t items = value.isArray() ? value.asArray().size() : value.isNull() ? 0 : 1;
    if (texts.size() != items)
        return fail(ErrorCode::Invalid, std::string(what) + " must be a text or a list of texts");
    return texts;
}

} // namespace cordon::detect
