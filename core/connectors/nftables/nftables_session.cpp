#include "core/connectors/nftables/nftables_session.h"

#include "core/value/json.h"

#include <algorithm>
#include <sstream>

namespace cordon::connectors::nftables {
namespace {

constexpr int widest = 8; ///< bits that a network to be blocked must name at least

std::string namesOf(const std::vector<Network>& networks)
{
    std::string text;
    for (const Network& network : networks)
        text += (text.empty() ? "" : ", ") + network.text();
    return text;
}

Step step(const char* what, const Cut& cut, const std::string& shown)
{
    return {Value::Object{{"do", what}, {"cut", cut.name()}}, "nft: " + shown + " inet " + cut.table()};
}

} // namespace

std::string NftablesSession::nft(const char* arguments) const
{
    return std::string(m_machine.usesSudo ? "sudo -n " : "") + "/usr/sbin/nft " + arguments;
}

/// The host key was held against the settings when the connection was made: it is who the machine is.
Result<Value> NftablesSession::identity()
{
    CORDON_TRY(const SshClient::Reply said, m_client.run(nft("-j list ruleset")));
    if (said.status != 0)
        return fail(ErrorCode::Denied, "nftables: " + m_user + " may not read the ruleset: " + said.words);
    return Value(Value::Object{{"identity", m_user}, {"tenant", m_machine.address.keyHash}, {"host", m_machine.address.host}});
}

Result<Cut> NftablesSession::cutOf(const EntityRef& target) const
{
    const bool isPlace = target.kind == EntityKind::Host || target.kind == EntityKind::Workload;
    if (isPlace && (target.id == m_machine.self || target.id == m_machine.address.host))
        return Cut{};
    if (const auto behind = m_machine.workloads.find(target.id); isPlace && behind != m_machine.workloads.end())
        return Cut{Cut::Kind::Workload, behind->second};
    const auto network = Network::parse(target.id);
    if (network && target.kind == EntityKind::Address)
        return Cut{Cut::Kind::Address, *network};
    if (network && isPlace && network->isSingle())
        return Cut{Cut::Kind::Workload, *network};
    return fail(ErrorCode::Unsupported, "nftables: " + target.id + " is neither this machine, an address, nor one of its 'workloads'");
}

/// Where this connection comes from, in the machine's own words: behind a translation of addresses they are not ours.
Result<void> NftablesSession::see()
{
    if (!m_here.address.empty())
        return {};
    CORDON_TRY(const SshClient::Reply said, m_client.run("printenv SSH_CONNECTION"));
    std::istringstream words(said.out);
    std::string client;
    std::string clientPort;
    std::string server;
    int port = 0;
    words >> client >> clientPort >> server >> port;
    const auto from = Network::parse(client);
    if (said.status != 0 || !from || port < 1 || port > 65535)
        return fail(ErrorCode::Denied, "nftables: the machine does not tell where this connection comes from");
    m_here = *from;
    m_forensics = {m_machine.forensic, port};
    return {};
}

Result<TargetFacts> NftablesSession::facts(const EntityRef& target)
{
    CORDON_TRY(const Cut cut, cutOf(target));
    CORDON_CHECK(see());
    CORDON_TRY(const SshClient::Reply said, m_client.run(nft("-j list ruleset")));
    if (said.status != 0)
        return fail(ErrorCode::Denied, "nftables: the ruleset cannot be read: " + said.words);
    const auto ruleset = json::parse(said.out);
    if (!ruleset || !(*ruleset)["nftables"].isArray())
        return fail(ErrorCode::Io, "nftables: a ruleset that is no JSON");
    const Presence presence = presenceOf(cut, m_forensics, *ruleset);
    TargetFacts facts;
    facts.target = target;
    facts.exists = true;
    if (cut.kind == Cut::Kind::Address) {
        facts.state["blocked"] = presence == Presence::Changed ? Value() : Value(presence == Presence::Whole);
        return facts;
    }
    facts.state["status"] = "running";
    facts.state["network"] = presence == Presence::Absent ? "normal" : presence == Presence::Whole ? "isolated" : "changed";
    facts.state["flowtable"] = hasFlowtable(*ruleset);
    return facts;
}

/// INVARIANT: no cut takes away the connection that would take it back.
Result<void> NftablesSession::checkStaysInReach(const Cut& cut) const
{
    const auto holdsUs = [this](const Network& network) { return network.holds(m_here); };
    if (cut.kind == Cut::Kind::Machine) {
        if (std::none_of(m_machine.forensic.begin(), m_machine.forensic.end(), holdsUs))
            return fail(ErrorCode::Denied, "nftables: this connector comes from " + m_here.text() + ", and 'forensic' (" + namesOf(m_machine.forensic) +
                                               ") does not name that: it would lock itself out");
        return {};
    }
    if (holdsUs(*cut.of))
        return fail(ErrorCode::Denied, "nftables: " + cut.of->text() + " is where this connector comes from: it would lock itself out");
    if (cut.kind == Cut::Kind::Address && cut.of->length < widest)
        return fail(ErrorCode::Denied, "nftables: " + cut.of->text() + " is too wide to be blocked");
    const bool meetsForensics = std::any_of(m_machine.forensic.begin(), m_machine.forensic.end(),
                                            [&cut](const Network& one) { return one.holds(*cut.of) || cut.of->holds(one); });
    if (cut.kind == Cut::Kind::Address && meetsForensics)
        return fail(ErrorCode::Denied, "nftables: " + cut.of->text() + " would cut the forensic connection (" + namesOf(m_machine.forensic) + ")");
    return {};
}

Result<Deed> NftablesSession::plan(const Action& action, const TargetFacts& facts)
{
    CORDON_TRY(const Cut cut, cutOf(facts.target));
    const bool isAddress = cut.kind == Cut::Kind::Address;
    const bool makes = action.type == (isAddress ? "address.block" : "workload.isolate");
    if (!makes && action.type != (isAddress ? "address.unblock" : "workload.release"))
        return fail(ErrorCode::Unsupported, "nftables: " + action.type + " does not fit " + facts.target.id);
    for (const char* name : {"group", "namespace", "list", "direction"}) {
        if (action.params.has(name) && !(std::string_view(name) == "direction" && action.params[name].asString() == "both"))
            return fail(ErrorCode::Invalid, std::string("nftables: '") + name + "' has no meaning here; everything is cut both ways");
    }
    const char* attribute = isAddress ? "blocked" : "network";
    const Value& now = stateOf(facts, attribute);
    const bool isChanged = isAddress ? now.isNull() : now.asString() == "changed";
    if (makes && isChanged)
        return fail(ErrorCode::Conflict, "nftables: somebody changed the rules of inet " + cut.table() + "; release it first");
    if (makes)
        CORDON_CHECK(checkStaysInReach(cut));
    const Step making = step("make", cut, "drop everything, both ways, but SSH from " + namesOf(m_machine.forensic) + ": table");
    const Step blocking = step("make", cut, "drop everything to and from " + facts.target.id + ": table");
    const Step removal = step("remove", cut, "remove table");
    Deed deed;
    deed.calls.push_back(!makes ? removal : isAddress ? blocking : making);
    deed.undo.push_back(makes ? removal : isAddress ? blocking : making);
    if (isAddress)
        deed.change(facts, attribute, makes);
    else
        deed.change(facts, attribute, makes ? "isolated" : "normal");
    deed.undoCost = makes ? "Removes Cordon's table; every other rule was left as it was." : "Cuts it off again by the rules of the settings.";
    if (makes && isAddress)
        deed.stillOpen.emplace_back("on this machine, and through it; other ways are not cut, and the same intruder may come from another address");
    if (makes && cut.kind == Cut::Kind::Workload)
        deed.stillOpen.emplace_back("neighbours that it reaches without this machine (the same switch or bridge)");
    if (makes && !isAddress)
        deed.stillOpen.emplace_back("programs go on, and credentials that it holds stay valid elsewhere");
    if (makes && stateOf(facts, "flowtable").asBool())
        deed.stillOpen.emplace_back("this machine forwards some flows past its rules (flowtable): those that stand go on until they end");
    return deed;
}

Result<void> NftablesSession::run(const Value& call)
{
    CORDON_TRY(const Cut cut, Cut::named(call["cut"].asString()));
    const std::string& what = call["do"].asString();
    if (what != "make" && what != "remove")
        return fail(ErrorCode::Invalid, "nftables: an undo record with a call that is none");
    CORDON_CHECK(see());
    if (what == "make")
        CORDON_CHECK(checkStaysInReach(cut));
    const Value commands = what == "make" ? makingOf(cut, m_forensics) : removalOf(cut);
    CORDON_TRY(const SshClient::Reply said, m_client.run(nft("-j -f -"), json::write(commands)));
    // One transaction: what is refused was not begun.
    return said.status == 0 ? Result<void>() : fail(ErrorCode::Denied, "nftables: " + cut.name() + ": " + said.words);
}

} // namespace cordon::connectors::nftables
