#include "core/engine/exercise_parties.h"

#include "core/crypto/random.h"
#include "core/crypto/sealed_box.h"
#include "core/govern/mandate_note.h"
#include "core/govern/mandate_rules.h"
#include "core/govern/mandate_template.h"
#include "core/govern/person_vault.h"
#include "core/platform/file.h"
#include "core/value/json.h"

#include <array>

namespace cordon::engine {
namespace {

namespace fs = std::filesystem;

struct Recipe
{
    const char* id;
    const char* name;
    bool isCommander;
};
constexpr std::array<Recipe, 3> exercisePeople{{
    {"user:analyst-a", "Analyst A", false},
    {"user:commander-a", "Commander A", true},
    {"user:commander-b", "Commander B", true},
}};
constexpr std::array<const char*, 2> exerciseOwners{"user:owner-a", "user:owner-b"};
constexpr const char* agentId = "nhi:cordon-exercise-responder";
/// PINs of an exercise stand on its banner, so the cost of guessing them protects nothing: cheap, to start at once.
constexpr crypto::ScryptCost exerciseCost{1U << 12U, 8, 1};

std::vector<std::string> rolesOf(const Recipe& recipe)
{
    return recipe.isCommander ? std::vector<std::string>{"analyst", "commander"} : std::vector<std::string>{"analyst"};
}

std::string digits(std::size_t count)
{
    std::string text;
    while (text.size() < count) {
        for (const char byte : crypto::randomBytes(16)) {
            const auto value = static_cast<unsigned char>(byte);
            if (value < 250 && text.size() < count) // 250 is a multiple of ten: no digit is likelier
                text.push_back(static_cast<char>('0' + value % 10));
        }
    }
    return text;
}

Result<void> makePeople(const fs::path& folder, Timestamp trainedUntil)
{
    Value::Array banner;
    for (const Recipe& recipe : exercisePeople) {
        const std::string pin = digits(6);
        const std::string secret = crypto::randomBytes(20);
        CORDON_TRY(const govern::Person person,
                   govern::createPerson(ExerciseParties::peopleFolder(folder), recipe.id, recipe.name, rolesOf(recipe),
                                        crypto::SecretBytes::copyOf(pin), crypto::SecretBytes::copyOf(secret),
                                        trainedUntil, exerciseCost));
        Value::Array roleList;
        for (const std::string& role : rolesOf(recipe))
            roleList.emplace_back(role);
        banner.push_back(Value::Object{{"id", person.id},
                                       {"name", person.name},
                                       {"roles", roleList},
                                       {"pin", pin},
                                       {"totp_secret", crypto::toBase32(bytesOf(secret))}});
    }
    return platform::writeFileAtomically(folder / "banner.json",
                                         json::writePretty(Value::Object{{"people", std::move(banner)}}));
}

Result<void> signByOwners(const fs::path& folder, const Mandate& mandate)
{
    std::string note;
    Value::Array owners;
    for (const char* owner : exerciseOwners) {
        const crypto::SigningKey key = crypto::SigningKey::generate();
        CORDON_TRY(note, govern::signMandate(mandate, note, owner, key));
        owners.push_back(Value::Object{{"name", owner}, {"key", key.publicKey().toString()}});
    }
    CORDON_CHECK(platform::writeFileAtomically(govern::mandateNoteFile(folder / "exercise.mandate.yaml"), note));
    return platform::writeFileAtomically(folder / "owners.json",
                                         json::writePretty(Value::Object{{"owners", std::move(owners)}}));
}

Result<std::vector<govern::OwnerKey>> ownersOf(const fs::path& folder)
{
    CORDON_TRY(const std::string text, platform::readFile(folder / "owners.json"));
    CORDON_TRY(const Value value, json::parse(text));
    std::vector<govern::OwnerKey> owners;
    for (const Value& item : value["owners"].asArray()) {
        CORDON_TRY(const crypto::PublicKey key, crypto::PublicKey::parse(item["key"].asString()));
        owners.push_back({item["name"].asString(), key});
    }
    return owners;
}

} // namespace

std::filesystem::path ExerciseParties::peopleFolder(const fs::path& folder)
{
    return folder / "people";
}

std::filesystem::path ExerciseParties::agentKeyFile(const fs::path& folder)
{
    return folder / "agent.pub";
}

Result<ExerciseParties> ExerciseParties::make(const fs::path& folder, const Wish& wish)
{
    // Built beside its place and moved in as a whole, so that a crash leaves all of it or nothing.
    const fs::path work = folder.string() + ".new";
    std::error_code ignored;
    fs::remove_all(work, ignored);
    CORDON_CHECK(platform::makeFolders(work));

    const Timestamp from = wish.clockStart - std::chrono::hours(24);
    const Timestamp until = from + std::chrono::hours(24 * 90);
    CORDON_CHECK(makePeople(work, until));

    const crypto::SigningKey agentKey = crypto::SigningKey::generate();
    CORDON_CHECK(platform::writeFileAtomically(work / "agent.key", toHex(agentKey.seed()) + "\n"));
    CORDON_CHECK(platform::writeFileAtomically(agentKeyFile(work), agentKey.publicKey().toString() + "\n"));

    CORDON_TRY(const std::string text,
               govern::exerciseMandateYaml(wish.mandateTemplate, {agentId, agentKey.publicKey().toString(),
                                                                  exerciseOwners[0], exerciseOwners[1], from, until}));
    CORDON_CHECK(platform::writeFileAtomically(work / "exercise.mandate.yaml", text));
    CORDON_TRY(const Mandate mandate, govern::parseMandate(text, "exercise.mandate.yaml"));
    CORDON_CHECK(signByOwners(work, mandate));
    CORDON_CHECK(platform::renameWithoutReplacing(work, folder));
    return open(folder);
}

Result<ExerciseParties> ExerciseParties::open(const fs::path& folder)
{
    if (!fs::exists(folder))
        return fail(ErrorCode::NotFound, folder.string() + ": no exercise here");
    CORDON_TRY(std::string seedText, platform::readFile(folder / "agent.key"));
    while (!seedText.empty() && seedText.back() == '\n')
        seedText.pop_back();
    CORDON_TRY(std::string seed, fromHex(seedText));
    crypto::wipe(seedText);
    CORDON_TRY(crypto::SigningKey agentKey, crypto::SigningKey::fromSeed(bytesOf(seed)));
    crypto::wipe(seed);

    ExerciseParties parties(std::move(agentKey));
    CORDON_TRY(const std::vector<govern::OwnerKey> owners, ownersOf(folder));
    const fs::path mandateFile = folder / "exercise.mandate.yaml";
    CORDON_TRY(parties.m_mandateText, platform::readFile(mandateFile));
    CORDON_TRY(govern::LoadedMandate loaded, govern::loadMandate(mandateFile, owners));
    if (!loaded.mandate.isExercise() ||
        loaded.mandate.agent.key != parties.m_agentKey.publicKey().toString())
        return fail(ErrorCode::Untrusted, mandateFile.string() + ": not this exercise's mandate");
    parties.m_mandate = std::move(loaded.mandate);
    parties.m_signers = std::move(loaded.signers);
    CORDON_TRY(parties.m_people, govern::PeopleDirectory::load(peopleFolder(folder)));
    return parties;
}

Result<std::vector<PersonRow>> ExerciseParties::banner(const fs::path& folder)
{
    CORDON_TRY(const std::string text, platform::readFile(folder / "banner.json"));
    CORDON_TRY(const Value value, json::parse(text));
    std::vector<PersonRow> people;
    for (const Value& item : value["people"].asArray()) {
        PersonRow row;
        row.id = item["id"].asString();
        row.name = item["name"].asString();
        for (const Value& role : item["roles"].asArray())
            row.roles.push_back(role.asString());
        row.pin = item["pin"].asString();
        row.totpSecret = item["totp_secret"].asString();
        people.push_back(std::move(row));
    }
    return people;
}

} // namespace cordon::engine
