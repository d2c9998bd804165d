#include "core/connectors/nftables/ruleset.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <map>

namespace cordon::connectors::nftables {
namespace {

constexpr const char* family = "inet";
constexpr int beforeTracking = -300; ///< priority "raw"
constexpr std::string_view isolating = "isolate";
constexpr std::string_view blocking = "block ";

std::array<unsigned char, 16> bytesOf(const Network& network)
{
    std::array<unsigned char, 16> bytes{};
    ::inet_pton(network.isV6 ? AF_INET6 : AF_INET, network.address.c_str(), bytes.data());
    return bytes;
}

bool bitOf(const std::array<unsigned char, 16>& bytes, int at)
{
    return ((bytes[static_cast<std::size_t>(at / 8)] >> static_cast<unsigned>(7 - at % 8)) & 1U) != 0;
}

Value match(Value left, Value right)
{
    return Value::Object{{"match", Value::Object{{"op", "=="}, {"left", std::move(left)}, {"right", std::move(right)}}}};
}

Value field(const char* protocol, const char* name)
{
    return Value::Object{{"payload", Value::Object{{"protocol", protocol}, {"field", name}}}};
}

/// `side` is saddr or daddr.
Value addressIs(const char* side, const Network& network)
{
    Value right = network.address;
    if (!network.isSingle())
        right = Value::Object{{"prefix", Value::Object{{"addr", network.address}, {"len", network.length}}}};
    return match(field(network.isV6 ? "ip6" : "ip", side), std::move(right));
}

Value portIs(const char* side, int port)
{
    return match(field("tcp", side), port);
}

Value interfaceIs(const char* key, const char* name)
{
    return match(Value::Object{{"meta", Value::Object{{"key", key}}}}, name);
}

Value verdict(const char* what)
{
    return Value::Object{{what, Value()}};
}

/// A table under construction.
class Table
{
public:
    explicit Table(const Cut& cut)
        : m_name(cut.table())
    {}
    void chain(const char* hook, const char* policy)
    {
        m_chains.push_back(Value::Object{{"family", family}, {"table", m_name}, {"name", hook}, {"type", "filter"},
                                         {"hook", hook}, {"prio", beforeTracking}, {"policy", policy}});
    }
    void rule(const char* chain, Value::Array expressions)
    {
        m_rules.push_back(Value::Object{{"family", family}, {"table", m_name}, {"chain", chain}, {"expr", std::move(expressions)}});
    }
    [[nodiscard]] const std::string& name() const { return m_name; }
    [[nodiscard]] const Value::Array& chains() const { return m_chains; }
    [[nodiscard]] const Value::Array& rules() const { return m_rules; }

private:
    std::string m_name;
    Value::Array m_chains;
    Value::Array m_rules;
};

/// INVARIANT: whoever may come is let in and answered; without neighbours being found, IPv6 would not work.
void isolateMachine(Table& table, const Forensics& forensics)
{
    for (const char* hook : {"input", "output", "forward"})
        table.chain(hook, "drop");
    table.rule("input", {interfaceIs("iifname", "lo"), verdict("accept")});
    table.rule("output", {interfaceIs("oifname", "lo"), verdict("accept")});
    for (const Network& from : forensics.from) {
        table.rule("input", {addressIs("saddr", from), portIs("dport", forensics.sshPort), verdict("accept")});
        table.rule("output", {addressIs("daddr", from), portIs("sport", forensics.sshPort), verdict("accept")});
    }
    if (std::none_of(forensics.from.begin(), forensics.from.end(), [](const Network& one) { return one.isV6; }))
        return;
    for (const char* hook : {"input", "output"}) {
        for (const char* type : {"nd-neighbor-solicit", "nd-neighbor-advert"})
            table.rule(hook, {match(field("icmpv6", "type"), type), verdict("accept")});
    }
}

void isolateWorkload(Table& table, const Network& workload, const Forensics& forensics)
{
    for (const char* hook : {"input", "output", "forward"})
        table.chain(hook, "accept");
    for (const Network& from : forensics.from) {
        if (from.isV6 != workload.isV6)
            continue;
        table.rule("forward", {addressIs("saddr", from), addressIs("daddr", workload), portIs("dport", 22), verdict("accept")});
        table.rule("forward", {addressIs("saddr", workload), addressIs("daddr", from), portIs("sport", 22), verdict("accept")});
    }
    table.rule("input", {addressIs("saddr", workload), verdict("drop")});
    table.rule("output", {addressIs("daddr", workload), verdict("drop")});
    table.rule("forward", {addressIs("saddr", workload), verdict("drop")});
    table.rule("forward", {addressIs("daddr", workload), verdict("drop")});
}

void block(Table& table, const Network& address)
{
    for (const char* hook : {"input", "output", "forward"})
        table.chain(hook, "accept");
    table.rule("input", {addressIs("saddr", address), verdict("drop")});
    table.rule("output", {addressIs("daddr", address), verdict("drop")});
    table.rule("forward", {addressIs("saddr", address), verdict("drop")});
    table.rule("forward", {addressIs("daddr", address), verdict("drop")});
}

Table tableOf(const Cut& cut, const Forensics& forensics)
{
    Table table(cut);
    if (cut.kind == Cut::Kind::Machine)
        isolateMachine(table, forensics);
    else if (cut.kind == Cut::Kind::Workload)
        isolateWorkload(table, *cut.of, forensics);
    else
        block(table, *cut.of);
    return table;
}

Value command(const char* what, const char* kind, Value thing)
{
    return Value::Object{{what, Value::Object{{kind, std::move(thing)}}}};
}

Value tableNamed(const std::string& name)
{
    return Value::Object{{"family", family}, {"name", name}};
}

/// A chain or rule as the ruleset tells it, without the numbers that the kernel gives.
Value withoutHandle(const Value& thing)
{
    Value::Object members = thing.asObject();
    members.erase("handle");
    return members;
}

/// Rules by chain, in order: that is what the kernel goes by.
std::map<std::string, Value::Array> byChain(const Value::Array& rules)
{
    std::map<std::string, Value::Array> all;
    for (const Value& rule : rules)
        all[rule["chain"].asString()].push_back(rule);
    return all;
}

} // namespace

Result<Network> Network::parse(const std::string& text)
{
    const auto refuse = [&text] { return fail(ErrorCode::Invalid, "nftables: '" + text + "' is neither an address nor a network"); };
    const auto slash = text.find('/');
    Network network;
    network.isV6 = text.find(':') != std::string::npos;
    const int most = network.isV6 ? 128 : 32;
    network.length = most;
    std::array<unsigned char, 16> bytes{};
    if (::inet_pton(network.isV6 ? AF_INET6 : AF_INET, text.substr(0, slash).c_str(), bytes.data()) != 1)
        return refuse();
    if (slash != std::string::npos) {
        const auto [end, problem] = std::from_chars(text.data() + slash + 1, text.data() + text.size(), network.length);
        if (problem != std::errc() || end != text.data() + text.size() || network.length < 1 || network.length > most)
            return refuse();
    }
    for (int bit = network.length; bit < most; ++bit) {
        if (bitOf(bytes, bit))
            return refuse();
    }
    std::array<char, INET6_ADDRSTRLEN> plain{};
    if (!::inet_ntop(network.isV6 ? AF_INET6 : AF_INET, bytes.data(), plain.data(), plain.size()))
        return refuse();
    network.address = plain.data();
    return network;
}

std::string Network::text() const
{
    return isSingle() ? address : address + '/' + std::to_string(length);
}

bool Network::holds(const Network& other) const
{
    if (isV6 != other.isV6 || other.length < length)
        return false;
    const auto mine = bytesOf(*this);
    const auto its = bytesOf(other);
    for (int bit = 0; bit < length; ++bit) {
        if (bitOf(mine, bit) != bitOf(its, bit))
            return false;
    }
    return true;
}

std::string Cut::table() const
{
    std::string name = kind == Kind::Address ? "cordon_block" : "cordon_isolate";
    if (!of)
        return name;
    name += '_' + of->text();
    std::replace_if(name.begin(), name.end(), [](char c) { return c == '.' || c == ':' || c == '/'; }, '_');
    return name;
}

std::string Cut::name() const
{
    return kind == Kind::Machine ? std::string(isolating) : (kind == Kind::Workload ? std::string(isolating) + ' ' : std::string(blocking)) + of->text();
}

Result<Cut> Cut::named(const std::string& name)
{
    if (name == isolating)
        return Cut{};
    const std::string isolatingOne = std::string(isolating) + ' ';
    const bool isWorkload = name.starts_with(isolatingOne);
    if (!isWorkload && !name.starts_with(blocking))
        return fail(ErrorCode::Invalid, "nftables: an undo record with a call that is none");
    CORDON_TRY(Network of, Network::parse(name.substr(isWorkload ? isolatingOne.size() : blocking.size())));
    return Cut{isWorkload ? Kind::Workload : Kind::Address, std::move(of)};
}

Value makingOf(const Cut& cut, const Forensics& forensics)
{
    const Table table = tableOf(cut, forensics);
    Value::Array commands = removalOf(cut)["nftables"].asArray();
    commands.push_back(command("add", "table", tableNamed(table.name())));
    for (const Value& chain : table.chains())
        commands.push_back(command("add", "chain", chain));
    for (const Value& rule : table.rules())
        commands.push_back(command("add", "rule", rule));
    return Value::Object{{"nftables", std::move(commands)}};
}

Value removalOf(const Cut& cut)
{
    const std::string name = cut.table();
    return Value::Object{{"nftables", Value::Array{command("add", "table", tableNamed(name)), command("delete", "table", tableNamed(name))}}};
}

Presence presenceOf(const Cut& cut, const Forensics& forensics, const Value& ruleset)
{
    const Table wanted = tableOf(cut, forensics);
    bool isThere = false;
    bool hasMore = false;
    Value::Array chains;
    Value::Array rules;
    for (const Value& item : ruleset["nftables"].asArray()) {
        for (const auto& [kind, thing] : item.asObject()) {
            if (kind == "table" && thing["name"].asString() == wanted.name() && thing["family"].asString() == family) {
                isThere = true;
                hasMore = hasMore || thing.has("flags"); // such as dormant: it does nothing
            }
            if (thing["table"].asString() != wanted.name() || thing["family"].asString() != family)
                continue;
            if (kind == "chain")
                chains.push_back(withoutHandle(thing));
            else if (kind == "rule")
                rules.push_back(withoutHandle(thing));
            else
                hasMore = true;
        }
    }
    if (!isThere)
        return Presence::Absent;
    const auto ofName = [](const Value& a, const Value& b) { return a["name"].asString() < b["name"].asString(); };
    Value::Array wantedChains = wanted.chains();
    std::sort(wantedChains.begin(), wantedChains.end(), ofName);
    std::sort(chains.begin(), chains.end(), ofName);
    return !hasMore && chains == wantedChains && byChain(rules) == byChain(wanted.rules()) ? Presence::Whole : Presence::Changed;
}

bool hasFlowtable(const Value& ruleset)
{
    const Value::Array& items = ruleset["nftables"].asArray();
    return std::any_of(items.begin(), items.end(), [](const Value& item) { return item.has("flowtable"); });
}

} // namespace cordon::connectors::nftables
