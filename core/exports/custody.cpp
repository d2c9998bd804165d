#include "core/exports/custody.h"

#include "core/exports/export_ids.h"
#include "core/value/json.h"

#include <set>

namespace cordon::exports {
namespace {

constexpr std::string_view context = R"({"@vocab":"urn:cordon:","kb":"urn:cordon:kb:",)"
                                     R"("case-investigation":"https://ontology.caseontology.org/case/investigation/",)"
                                     R"("uco-action":"https://ontology.unifiedcyberontology.org/uco/action/",)"
                                     R"("uco-core":"https://ontology.unifiedcyberontology.org/uco/core/",)"
                                     R"("uco-identity":"https://ontology.unifiedcyberontology.org/uco/identity/",)"
                                     R"("uco-observable":"https://ontology.unifiedcyberontology.org/uco/observable/",)"
                                     R"("uco-tool":"https://ontology.unifiedcyberontology.org/uco/tool/",)"
                                     R"("uco-types":"https://ontology.unifiedcyberontology.org/uco/types/",)"
                                     R"("uco-vocabulary":"https://ontology.unifiedcyberontology.org/uco/vocabulary/",)"
                                     R"("xsd":"http://www.w3.org/2001/XMLSchema#"})";

Value typed(const char* type, Value value)
{
    return Value::Object{{"@type", type}, {"@value", std::move(value)}};
}

Value reference(const std::string& id)
{
    return Value::Object{{"@id", id}};
}

/// The nodes of a graph, each once, written as they come.
class Graph
{
public:
    explicit Graph(const CaseContents& contents, std::ostream& out) : m_scope(contents.origin()), m_out(out) {}

    [[nodiscard]] std::string idOf(const char* kind, const std::string& name) const
    {
        return "kb:" + exportId(kind, m_scope + "\n" + name);
    }
    std::string add(const std::string& id, const char* type, Value node)
    {
        if (!m_known.insert(id).second)
            return id;
        node.set("@id", id);
        node.set("@type", type);
        m_out << (m_known.size() > 1 ? ",\n" : "\n") << json::write(node);
        return id;
    }

private:
    std::string m_scope;
    std::ostream& m_out;
    std::set<std::string> m_known;
};

std::string addObject(Graph& graph, const std::string& digest, std::int64_t size, const std::string& source)
{
    const Value hash = Value::Object{
        {"@id", graph.idOf("hash", digest)},
        {"@type", "uco-types:Hash"},
        {"uco-types:hashMethod", typed("uco-vocabulary:HashNameVocab", "SHA256")},
        {"uco-types:hashValue", typed("xsd:hexBinary", digest)}};
    const Value content = Value::Object{{"@id", graph.idOf("content", digest)},
                                        {"@type", "uco-observable:ContentDataFacet"},
                                        {"uco-observable:sizeInBytes", typed("xsd:integer", std::to_string(size))},
                                        {"uco-observable:hash", Value::Array{hash}}};
    const Value file = Value::Object{{"@id", graph.idOf("file", digest)},
                                     {"@type", "uco-observable:FileFacet"},
                                     {"uco-observable:fileName", source.substr(source.rfind('/') + 1)},
                                     {"uco-observable:filePath", source}};
    return graph.add(graph.idOf("object", digest), "uco-observable:ObservableObject",
                     Value::Object{{"uco-core:hasFacet", Value::Array{content, file}}});
}

void addEvidence(Graph& graph, const record::StoredEntry& entry, const Value& data, std::int64_t number)
{
    const std::string exhibit = data.has("exhibit") && data["exhibit"].isString() ? data["exhibit"].asString()
                                                                                  : "E-" + std::to_string(number);
    const std::string& digest = data["digest"].asString();
    const std::string object = addObject(graph, digest, data["size"].asInt(), data["source"].asString());
    Value::Array results{reference(object)};
    if (data["packed_digest"].isString() && data["packed_digest"].asString() != digest)
        results.push_back(reference(addObject(graph, data["packed_digest"].asString(), data["packed_size"].asInt(), data["source"].asString())));
    const std::string& who = data["operator"].asString();
    const std::string performer = graph.add(graph.idOf("identity", who), "uco-identity:Identity", Value::Object{{"uco-core:name", who}});
    const std::string& collector = data["collector"].asString();
    const std::string tool = graph.add(graph.idOf("tool", collector), "uco-tool:Tool", Value::Object{{"uco-core:name", collector}});
    const std::string time = data["acquired"].isString() ? data["acquired"].asString() : entry.ts.toString();
    const std::string provenance =
        graph.add(graph.idOf("provenance", std::to_string(entry.seq)), "case-investigation:ProvenanceRecord",
                  Value::Object{{"case-investigation:exhibitNumber", exhibit},
                                {"uco-core:objectCreatedTime", typed("xsd:dateTime", time)},
                                {"uco-core:object", results}});
    results.push_back(reference(provenance));
    graph.add(graph.idOf("action", std::to_string(entry.seq)), "case-investigation:InvestigativeAction",
              Value::Object{{"uco-core:name", "acquired"},
                            {"uco-core:description", data["method"].asString() + "; ledger entry " + std::to_string(entry.seq)},
                            {"uco-action:endTime", typed("xsd:dateTime", time)},
                            {"uco-action:performer", reference(performer)},
                            {"uco-action:instrument", Value::Array{reference(tool)}},
                            {"uco-action:result", results}});
}

} // namespace

Result<void> writeCustody(CaseContents& contents, std::ostream& out)
{
    Graph graph(contents, out);
    out << R"({"@context":)" << context << R"(,"@graph":[)";
    graph.add(graph.idOf("investigation", contents.name()), "case-investigation:Investigation",
              Value::Object{{"uco-core:name", contents.name()},
                            {"uco-core:description", "Ledger " + contents.origin() + (contents.isExercise() ? ", EXERCISE" : "")}});
    std::int64_t number = 0;
    CORDON_CHECK(contents.eachEntry("", [&](const record::StoredEntry& entry, const Value& data) -> Result<void> {
        if (entry.type == "evidence.sealed")
            addEvidence(graph, entry, data, ++number);
        return {};
    }));
    out << "]}\n";
    return {};
}

} // namespace cordon::exports
