// Who is somebody in this installation: list, enrol, sign, roles, train, retire, free, change-pin,
// add-key, remove-key, export, import.
#include "app/ctl/person_id.h"
#include "app/ctl/step_up_call.h"
#include "core/base/display_escape.h"
#include "core/engine/people_office.h"
#include "core/platform/file.h"
#include "core/value/json.h"

#include <iostream>
#include <iterator>
#include <memory>

namespace cordon::ctl {
namespace {

using govern::PeopleAct;

struct PeopleWish
{
    std::string person;
    std::string name;
    std::vector<std::string> roles;
    std::string trainedUntil;
    std::string why;
    std::string by;     ///< owner who signs
    std::string act;    ///< name of a waiting act or its beginning, or a file, or "-"
    std::string founder;
    std::string keyName; ///< what the person calls the security key
    FactorWish factors;
};

/// The step-up program over the people of this installation.
Result<std::string> askPerson(const Context& context, const PeopleWish& wish, std::vector<std::string> arguments,
                              std::string input)
{
    arguments.insert(arguments.end(), {"--people", engine::PeopleOffice::folder(context.home).string()});
    return askStepUp(context, wish.factors, std::move(arguments), std::move(input));
}

Value valueOf(const govern::Person& person, Timestamp now)
{
    Value::Array roles;
    for (const std::string& role : person.roles)
        roles.emplace_back(role);
    Value::Array keys;
    for (const SecurityKey& key : person.securityKeys)
        keys.emplace_back(key.name);
    return Value::Object{{"id", person.id},
                         {"name", person.name},
                         {"roles", std::move(roles)},
                         {"fingerprint", person.key.fingerprint()},
                         {"trained_until", person.trainedUntil ? Value(person.trainedUntil->toString()) : Value()},
                         {"trained", person.isTrainedAt(now)},
                         {"security_keys", std::move(keys)},
                         {"retired", person.isRevoked}};
}

/// Hands the act in; one that lacks signatures waits in `pending/` under its nonce.
Result<Value> handIn(engine::PeopleOffice& office, const std::string& block)
{
    CORDON_TRY(const engine::PeopleOffice::Answer answer, office.submit(block));
    Value told = Value::Object{{"act", std::string(govern::toString(answer.act.kind))},
                               {"person", answer.act.person},
                               {"taken", answer.isTaken},
                               {"name", answer.act.nonce}};
    if (answer.act.key)
        told.set("fingerprint", answer.act.key->fingerprint());
    if (answer.isTaken)
        return told;
    told.set("owners_signed", static_cast<std::int64_t>(answer.standing.owners.size()));
    told.set("owners_needed", answer.standing.ownersNeeded);
    told.set("block", block);
    return told;
}

/// An act that waits here by its name or the beginning of it, from a file, or from standard input.
Result<std::string> readAct(const Context& context, const std::string& name)
{
    if (name == "-")
        return std::string(std::istreambuf_iterator<char>(std::cin), {});
    constexpr std::size_t shortest = 4;
    const bool isName = name.size() >= shortest && name.size() <= 32 &&
                        name.find_first_not_of("0123456789abcdef") == std::string::npos && !std::filesystem::exists(name);
    if (!isName)
        return platform::readFile(name, 256U << 10U);
    const MachineClock clock;
    CORDON_TRY(const auto office, engine::PeopleOffice::open(context.home, clock));
    std::vector<std::string> found;
    for (const engine::PeopleOffice::Pending& waiting : office.pending()) {
        if (waiting.name.starts_with(name))
            found.push_back(waiting.block);
    }
    if (found.size() != 1)
        return fail(ErrorCode::NotFound, found.empty() ? "no act " + name + " waits here (cordonctl people list)"
                                                       : "more than one act that waits begins with " + name);
    return found.front();
}

Result<Value> list(const Context& context)
{
    const MachineClock clock;
    CORDON_TRY(const auto office, engine::PeopleOffice::open(context.home, clock));
    Value::Array people;
    for (const govern::Person& person : office.roll().people().all())
        people.push_back(valueOf(person, clock.now()));
    Value::Array waiting;
    for (const engine::PeopleOffice::Pending& act : office.pending())
        waiting.push_back(Value::Object{{"name", act.name},
                                        {"what", act.what},
                                        {"owners_signed", static_cast<std::int64_t>(act.standing.owners.size())},
                                        {"owners_needed", act.standing.ownersNeeded}});
    return Value(Value::Object{
        {"installation", office.roll().installation()}, {"people", std::move(people)}, {"waiting", std::move(waiting)}});
}

/// What is wished for, at the place where the roll stands now.
Result<std::string> draw(const engine::PeopleOffice& office, const PeopleWish& wish, PeopleAct::Kind kind)
{
    std::optional<Timestamp> until;
    if (!wish.trainedUntil.empty()) {
        CORDON_TRY(until, Timestamp::parse(wish.trainedUntil));
    }
    const bool isAboutKey = kind == PeopleAct::Kind::AddKey || kind == PeopleAct::Kind::RemoveKey;
    return office.draft(kind, wish.person, isAboutKey ? wish.keyName : wish.name, wish.roles, wish.why, until);
}

Result<Value> enrol(const Context& context, const PeopleWish& wish, PeopleAct::Kind kind)
{
    const MachineClock clock;
    CORDON_TRY(auto office, engine::PeopleOffice::open(context.home, clock));
    CORDON_TRY(const std::string act, draw(office, wish, kind));
    CORDON_TRY(const std::string block, askPerson(context, wish, {"--enrol"}, act));
    return handIn(office, block);
}

Result<Value> sign(const Context& context, const PeopleWish& wish, const std::string& block)
{
    const MachineClock clock;
    CORDON_TRY(auto office, engine::PeopleOffice::open(context.home, clock));
    CORDON_TRY(const std::string more, askPerson(context, wish, {"--sign-people", "--as", personId(wish.by)}, block));
    return handIn(office, more);
}

/// Acts that an owner begins. Without a signature there is nothing to hand in, so the first owner signs at once.
Result<Value> begin(const Context& context, const PeopleWish& wish, PeopleAct::Kind kind)
{
    const MachineClock clock;
    CORDON_TRY(auto office, engine::PeopleOffice::open(context.home, clock));
    CORDON_TRY(const std::string act, draw(office, wish, kind));
    return sign(context, wish, act);
}

Result<Value> changePin(const Context& context, const PeopleWish& wish)
{
    const MachineClock clock;
    CORDON_TRY(auto office, engine::PeopleOffice::open(context.home, clock));
    CORDON_TRY(const std::string block, askPerson(context, wish,
                                                  {"--change-pin", "--as", personId(wish.person), "--installation",
                                                   office.roll().installation()},
                                                  {}));
    return handIn(office, block);
}

/// The person plugs the key in; an owner signs afterwards.
Result<Value> addKey(const Context& context, const PeopleWish& wish)
{
    const MachineClock clock;
    CORDON_TRY(auto office, engine::PeopleOffice::open(context.home, clock));
    CORDON_TRY(const std::string keyWish, draw(office, wish, PeopleAct::Kind::AddKey));
    CORDON_TRY(const std::string block,
               askPerson(context, wish, {"--add-key", "--as", personId(wish.person)}, keyWish));
    return handIn(office, block);
}

Result<Value> import(const Context& context, const PeopleWish& wish)
{
    const MachineClock clock;
    CORDON_TRY(auto office, engine::PeopleOffice::open(context.home, clock));
    const bool isStandardInput = wish.act == "-";
    CORDON_TRY(const std::string text,
               isStandardInput ? Result<std::string>(std::string(std::istreambuf_iterator<char>(std::cin), {}))
                               : platform::readFile(wish.act, 4U << 20U));
    CORDON_TRY(const int taken, office.import(text, wish.founder));
    return Value(Value::Object{{"taken", taken}, {"people", static_cast<std::int64_t>(office.roll().people().all().size())}});
}

int exportRoll(const Context& context)
{
    const MachineClock clock;
    const auto office = engine::PeopleOffice::open(context.home, clock);
    const auto text = office ? office->exported() : Result<std::string>(fail(office.error()));
    if (!text)
        return failed(text.error());
    if (context.wantsJson)
        printJson(Value::Object{{"text", *text}});
    else
        std::cout << *text;
    return Done;
}

void printPeople(const Value& answer)
{
    for (const Value& person : answer["people"].asArray()) {
        std::string roles;
        for (const Value& role : person["roles"].asArray())
            roles += (roles.empty() ? "" : ", ") + role.asString();
        std::cout << person["id"].asString() << "  " << person["name"].asString() << "  " << roles << "  "
                  << person["fingerprint"].asString()
                  << (person["retired"].asBool()   ? std::string("  retired")
                      : person["trained"].asBool() ? "  trained until " + person["trained_until"].asString().substr(0, 10)
                                                   : std::string("  not trained"));
        for (const Value& key : person["security_keys"].asArray())
            std::cout << "  security key: " << key.asString();
        std::cout << '\n';
    }
    for (const Value& act : answer["waiting"].asArray())
        std::cout << "waits for owners (" << act["owners_signed"].asInt() << " of " << act["owners_needed"].asInt()
                  << " signed): " << escapedForDisplay(act["what"].asString())
                  << "\n  cordonctl people sign " << act["name"].asString().substr(0, 8) << " --by OWNER\n";
    if (answer["people"].asArray().empty())
        std::cout << "Nobody is enrolled here. The first one is an owner: cordonctl people enrol NAME --roles owner …\n";
}

void printAct(const Value& answer)
{
    if (!answer["act"].isString()) {
        const std::int64_t taken = answer["taken"].asInt();
        std::cout << taken << (taken == 1 ? " act" : " acts") << " taken in, " << answer["people"].asInt() << " people known\n";
        return;
    }
    std::cout << answer["act"].asString() << ' ' << answer["person"].asString() << ": "
              << (answer["taken"].asBool() ? "done, and in the ledger" : "waits for owners") << '\n';
    if (answer["fingerprint"].isString())
        std::cout << "fingerprint of the key: " << answer["fingerprint"].asString() << '\n'
                  << (answer["taken"].asBool() ? "" : "Whoever signs compares it: tell it to them by another way.\n");
    if (answer["taken"].asBool())
        return;
    std::cout << answer["owners_signed"].asInt() << " of " << answer["owners_needed"].asInt()
              << (answer["owners_needed"].asInt() == 1 ? " owner" : " owners") << " signed. An owner signs here with\n  cordonctl people sign " << answer["name"].asString()
              << " --by OWNER\nor elsewhere with this text:\n\n"
              << answer["block"].asString();
}

int told(const Context& context, const Result<Value>& answer)
{
    if (!answer)
        return failed(answer.error());
    if (context.wantsJson)
        printJson(*answer);
    else if ((*answer)["people"].isArray())
        printPeople(*answer);
    else
        printAct(*answer);
    return (*answer)["taken"].isBool() && !(*answer)["taken"].asBool() ? Incomplete : Done;
}

/// One subcommand with what it may be told.
CLI::App* add(CLI::App& people, const char* name, const char* what, const std::shared_ptr<PeopleWish>& wish,
              bool takesFactors)
{
    CLI::App* command = people.add_subcommand(name, what);
    if (takesFactors)
        wish->factors.addTo(*command);
    return command;
}

} // namespace

void addPeopleOffice(CLI::App& app, Context& context, int& status)
{
    CLI::App* people = app.add_subcommand("people", "who is somebody in this installation");
    people->require_subcommand(1);
    const auto wish = std::make_shared<PeopleWish>();
    const auto on = [&context, &status, wish](CLI::App* command, auto run) {
        command->callback([&context, &status, wish, run] { status = told(context, run(context, *wish)); });
    };
    on(add(*people, "list", "people, roles, fingerprints", wish, false),
       [](const Context& c, const PeopleWish&) { return list(c); });

    CLI::App* enrolling = add(*people, "enrol", "makes key and factors in the step-up program", wish, true);
    enrolling->add_option("PERSON", wish->person, "such as analyst-a")->required();
    enrolling->add_option("--name", wish->name, "as people read it")->required();
    enrolling->add_option("--roles", wish->roles, "analyst, commander, owner, reviewer")->required()->delimiter(',');
    enrolling->add_option("--trained-until", wish->trainedUntil, "RFC 3339");
    on(enrolling, [](const Context& c, const PeopleWish& w) { return enrol(c, w, PeopleAct::Kind::Enrol); });

    CLI::App* recover = add(*people, "recover", "a new key and new factors for somebody who lost theirs", wish, true);
    recover->add_option("PERSON", wish->person)->required();
    recover->add_option("--why", wish->why, "kept in the ledger");
    on(recover, [](const Context& c, const PeopleWish& w) { return enrol(c, w, PeopleAct::Kind::Rekey); });

    CLI::App* signing = add(*people, "sign", "an owner's signature on an act that waits", wish, true);
    signing->add_option("ACT", wish->act, "its name, a file, or -")->required();
    signing->add_option("--by", wish->by, "owner")->required();
    on(signing, [](const Context& c, const PeopleWish& w) -> Result<Value> {
        CORDON_TRY(const std::string block, readAct(c, w.act));
        return sign(c, w, block);
    });

    struct Row
    {
        const char* name;
        const char* what;
        PeopleAct::Kind kind;
    };
    for (const Row& row : {Row{"roles", "other roles", PeopleAct::Kind::Roles},
                           Row{"train", "trained until another day", PeopleAct::Kind::Train},
                           Row{"retire", "the key counts no more, for good", PeopleAct::Kind::Retire},
                           Row{"remove-key", "a lost security key counts no more, for good", PeopleAct::Kind::RemoveKey},
                           Row{"free", "lets somebody try again after too many wrong tries", PeopleAct::Kind::Free}}) {
        CLI::App* command = add(*people, row.name, row.what, wish, true);
        command->add_option("PERSON", wish->person)->required();
        if (row.kind == PeopleAct::Kind::Roles)
            command->add_option("--roles", wish->roles)->required()->delimiter(',');
        if (row.kind == PeopleAct::Kind::Train)
            command->add_option("--trained-until", wish->trainedUntil, "RFC 3339")->required();
        if (row.kind == PeopleAct::Kind::RemoveKey)
            command->add_option("--key", wish->keyName, "what the person calls it")->required();
        command->add_option("--why", wish->why, "kept in the ledger");
        command->add_option("--by", wish->by, "owner who signs first; to retire or remove a key, also the person")->required();
        on(command, [kind = row.kind](const Context& c, const PeopleWish& w) { return begin(c, w, kind); });
    }
    CLI::App* adding = add(*people, "add-key", "takes in a security key of a person, in the step-up program", wish, true);
    adding->add_option("PERSON", wish->person)->required();
    adding->add_option("--key", wish->keyName, "what the person calls it")->required();
    adding->add_option("--key-pin-fd", wish->factors.keyPinFd, "file descriptor that gives the PIN of the key itself");
    adding->add_option("--why", wish->why, "kept in the ledger");
    on(adding, [](const Context& c, const PeopleWish& w) { return addKey(c, w); });
    CLI::App* pin = add(*people, "change-pin", "another PIN; key and authenticator stay", wish, true);
    pin->add_option("PERSON", wish->person)->required();
    on(pin, [](const Context& c, const PeopleWish& w) { return changePin(c, w); });

    add(*people, "export", "the acts that made these people, for another machine", wish, false)
        ->callback([&context, &status] { status = exportRoll(context); });
    CLI::App* importing = add(*people, "import", "takes in what another machine exported", wish, false);
    importing->add_option("FILE", wish->act, "or -")->required();
    importing->add_option("--founder", wish->founder, "fingerprint of the first owner's key; the first time");
    on(importing, [](const Context& c, const PeopleWish& w) { return import(c, w); });
}

} // namespace cordon::ctl
