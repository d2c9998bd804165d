#include "core/value/value.h"

#include <cassert>

namespace cordon {

bool Value::asBool(bool otherwise) const
{
    const bool* content = std::get_if<bool>(&m_data);
    return content ? *content : otherwise;
}

std::int64_t Value::asInt(std::int64_t otherwise) const
{
    const std::int64_t* content = std::get_if<std::int64_t>(&m_data);
    return content ? *content : otherwise;
}

double Value::asDouble(double otherwise) const
{
    if (const std::int64_t* whole = std::get_if<std::int64_t>(&m_data))
        return static_cast<double>(*whole);
    const double* content = std::get_if<double>(&m_data);
    return content ? *content : otherwise;
}

const std::string& Value::asString() const
{
    static const std::string none;
    const std::string* content = std::get_if<std::string>(&m_data);
    return content ? *content : none;
}

const Value::Array& Value::asArray() const
{
    static const Array none;
    const Array* content = std::get_if<Array>(&m_data);
    return content ? *content : none;
}

const Value::Object& Value::asObject() const
{
    static const Object none;
    const Object* content = std::get_if<Object>(&m_data);
    return content ? *content : none;
}

const Value* Value::find(std::string_view key) const
{
    const Object* object = std::get_if<Object>(&m_data);
    if (!object)
        return nullptr;
    const auto member = object->find(key);
    return member == object->end() ? nullptr : &member->second;
}

const Value& Value::operator[](std::string_view key) const
{
    static const Value none;
    const Value* member = find(key);
    return member ? *member : none;
}

Value& Value::set(std::string_view key, Value value)
{
    assert(isNull() || isObject());
    if (!isObject())
        m_data = Object();
    Object& object = std::get<Object>(m_data);
    const auto place = object.lower_bound(key);
    if (place != object.end() && place->first == key)
        place->second = std::move(value);
    else
        object.emplace_hint(place, key, std::move(value));
    return *this;
}

Value& Value::append(Value value)
{
    assert(isNull() || isArray());
    if (!isArray())
        m_data = Array();
    std::get<Array>(m_data).push_back(std::move(value));
    return *this;
}

} // namespace cordon
