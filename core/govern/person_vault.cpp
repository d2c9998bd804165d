#include "core/govern/person_vault.h"

#include "core/govern/console_lock.h"
#include "core/govern/small_file.h"
#include "core/value/json.h"

#include <algorithm>
#include <sys/stat.h>

namespace cordon::govern {
namespace {

constexpr int failuresBeforeDisabled = 20;

/// What is remembered of tries. Source: docs/formats/people.md, "state"
struct FactorState
{
    int failures = 0; ///< in a row
    Timestamp lockedUntil;
    Timestamp newestSeen; ///< wall clock never counts as earlier than this
    std::int64_t lastStep = -1;

    [[nodiscard]] bool isDisabled() const { return failures >= failuresBeforeDisabled; }
};

std::string context(const std::string& person)
{
    return "cordon.person.v1\n" + person;
}

std::string fileStem(const std::string& person)
{
    return person.substr(person.find(':') + 1);
}

Result<FactorState> readState(const std::filesystem::path& file)
{
    CORDON_TRY(const std::string text, readSmallFile(file));
    CORDON_TRY(const Value value, json::parse(text));
    if (value["v"].asInt() != 1 || !value["failures"].isInt() || value["failures"].asInt() < 0)
        return fail(ErrorCode::Invalid, file.string() + ": not a state file");
    FactorState state;
    state.failures = static_cast<int>(std::min<std::int64_t>(value["failures"].asInt(), failuresBeforeDisabled));
    CORDON_TRY(state.lockedUntil, Timestamp::parse(value["locked_until"].asString()));
    CORDON_TRY(state.newestSeen, Timestamp::parse(value["newest_seen"].asString()));
    state.lastStep = value["last_step"].asInt(-1);
    return state;
}

std::string stateText(const FactorState& state)
{
    return json::write(Value::Object{{"v", 1},
                                     {"failures", state.failures},
                                     {"locked_until", state.lockedUntil.toString()},
                                     {"newest_seen", state.newestSeen.toString()},
                                     {"last_step", state.lastStep}});
}

Result<void> writeState(const std::filesystem::path& file, const FactorState& state)
{
    return writeSmallFile(file, stateText(state));
}

/// The content of a vault file around what is sealed.
/// @param act  the number of the act that brought it; "" for one that no act did
Result<std::string> vaultText(const std::string& id, const crypto::SecretBytes& plain, const crypto::SecretBytes& pin,
                              const std::string& act, const crypto::ScryptCost& cost)
{
    CORDON_TRY(const std::string box, crypto::sealUnderPassphrase(plain, pin, context(id), cost));
    Value vault = Value::Object{{"v", 1}, {"person", id}, {"box", box}};
    if (!act.empty())
        vault.set("act", act);
    return json::write(vault);
}

/// The step that the code belongs to, or nothing. Looks at all three steps whatever it finds.
std::optional<std::int64_t> stepOf(std::string_view code, const crypto::SecretBytes& secret, Timestamp wall)
{
    const std::int64_t current = wall.micros() / 30'000'000;
    std::optional<std::int64_t> found;
    for (const std::int64_t step : {current - 1, current, current + 1}) {
        if (crypto::equalInConstantTime(bytesOf(crypto::totpCode(secret, step)), bytesOf(code)))
            found = step;
    }
    return found;
}

/// The private half as it lies under the PIN.
struct PrivateHalf
{
    crypto::SigningKey key;
    crypto::SecretBytes totpSecret;
};

Result<Value> readVault(const std::filesystem::path& file, const std::string& person)
{
    CORDON_TRY(const std::string text, readSmallFile(file));
    CORDON_TRY(Value value, json::parse(text));
    if (value["v"].asInt() != 1 || value["person"].asString() != person)
        return fail(ErrorCode::Invalid, file.string() + ": not this person's vault");
    return value;
}

Result<crypto::SecretBytes> openBox(const Value& vault, const crypto::SecretBytes& pin, const std::string& person)
{
    return crypto::openWithPassphrase(vault["box"].asString(), pin, context(person));
}

Result<PrivateHalf> openHalf(const std::filesystem::path& file, const crypto::SecretBytes& pin,
                             const std::string& person)
{
    CORDON_TRY(const Value vault, readVault(file, person));
    CORDON_TRY(const crypto::SecretBytes plain, openBox(vault, pin, person));
    // 32 bytes of seed, then the TOTP secret.
    if (plain.size() < 32 + 16)
        return fail(ErrorCode::Corrupt, file.string() + ": too short");
    CORDON_TRY(crypto::SigningKey key, crypto::SigningKey::fromSeed(plain.view().subspan(0, 32)));
    return PrivateHalf{std::move(key), crypto::SecretBytes::copyOf(plain.text().substr(32))};
}

} // namespace

std::string newFactorState(std::int64_t lastStep)
{
    FactorState state;
    state.lastStep = lastStep;
    return stateText(state);
}

Result<NewVault> makeVault(const std::string& id, const crypto::SecretBytes& pin, const crypto::SecretBytes& totpSecret,
                           const crypto::ScryptCost& cost)
{
    if (!isPersonId(id) || pin.size() < 4 || totpSecret.size() < 16)
        return fail(ErrorCode::Invalid, "people: a person needs an id, a PIN of 4 and a TOTP secret of 16 bytes");
    crypto::SigningKey key = crypto::SigningKey::generate();
    crypto::SecretBytes plain(32 + totpSecret.size());
    std::copy(key.seed().begin(), key.seed().end(), plain.data());
    std::copy(totpSecret.view().begin(), totpSecret.view().end(), plain.data() + 32);
    CORDON_TRY(std::string text, vaultText(id, plain, pin, {}, cost));
    return NewVault{std::move(key), std::move(text)};
}

Result<Person> createPerson(const std::filesystem::path& folder, const std::string& id, const std::string& name,
                            const std::vector<std::string>& roles, const crypto::SecretBytes& pin,
                            const crypto::SecretBytes& totpSecret, std::optional<Timestamp> trainedUntil,
                            const crypto::ScryptCost& cost)
{
    CORDON_TRY(const NewVault made, makeVault(id, pin, totpSecret, cost));
    std::error_code problem;
    const bool isNewFolder = std::filesystem::create_directories(folder, problem);
    if (problem)
        return fail(ErrorCode::Io, folder.string() + ": " + problem.message());
    if (isNewFolder && ::chmod(folder.c_str(), 0700) != 0)
        return fail(ErrorCode::Io, folder.string() + ": its mode cannot be set");
    CORDON_TRY(const FileLock lock, FileLock::take(folder / "people.lock"));
    PeopleDirectory directory;
    if (std::filesystem::exists(folder / "people.json", problem)) {
        CORDON_TRY(directory, PeopleDirectory::load(folder));
    }
    Person person{id, name, roles, made.key.publicKey(), trainedUntil, false};
    CORDON_CHECK(directory.add(person));
    const PersonVault vault(folder, id);
    CORDON_CHECK(writeSmallFile(vault.vaultFile(), made.vaultText));
    CORDON_CHECK(writeSmallFile(vault.stateFile(), newFactorState()));
    CORDON_CHECK(directory.save(folder));
    return person;
}

PersonVault::PersonVault(std::filesystem::path folder, std::string person)
    : m_folder(std::move(folder))
    , m_person(std::move(person))
{}

std::filesystem::path PersonVault::vaultFile() const
{
    return m_folder / (fileStem(m_person) + ".vault.json");
}

std::filesystem::path PersonVault::lockFile() const
{
    return m_folder / (fileStem(m_person) + ".lock");
}

std::filesystem::path PersonVault::stateFile() const
{
    return m_folder / (fileStem(m_person) + ".state.json");
}

std::string UnlockRefusal::detail() const
{
    if (lockedUntil)
        return (reason == "locked" || reason == "console_locked" ? "until " : "locked until ") + lockedUntil->toString();
    return triesLeft > 0 ? std::to_string(triesLeft) + (triesLeft > 1 ? " more tries" : " more try") : std::string();
}

tl::expected<UnlockedPerson, UnlockRefusal> PersonVault::unlock(const crypto::SecretBytes& pin,
                                                                std::optional<std::string_view> totp, Timestamp wall)
{
    const auto refuse = [](std::string reason, std::optional<Timestamp> until = {}) {
        return tl::unexpected<UnlockRefusal>(UnlockRefusal{std::move(reason), until, 0});
    };
    if (!isPersonId(m_person))
        return refuse("vault_unreadable");
    const auto lock = FileLock::take(lockFile());
    // Without its state nobody could tell how many tries there were: that is no fresh start.
    auto state = readState(stateFile());
    if (!lock || !state)
        return refuse("vault_unreadable");
    if (state->isDisabled())
        return refuse("factor_disabled");
    const Timestamp now = std::max(wall, state->newestSeen);
    if (now < state->lockedUntil)
        return refuse("locked", state->lockedUntil);
    auto console = ConsoleLock::take(m_folder, wall);
    if (!console)
        return refuse("vault_unreadable");
    if (console->isLocked())
        return refuse("console_locked", console->lockedUntil());

    // Counted before it is looked at: a process that dies in between has spent its try.
    FactorState tried = *state;
    tried.newestSeen = now;
    ++tried.failures;
    if (const Duration pause = lockAfter(tried.failures); pause > Duration::zero())
        tried.lockedUntil = now + pause;
    if (!console->countTry(m_person) || !writeState(stateFile(), tried))
        return refuse("vault_unreadable");

    const auto wrong = [&](std::string reason) {
        if (tried.isDisabled())
            return refuse("factor_disabled");
        UnlockRefusal refusal{std::move(reason), {}, 0};
        const int most = std::max(tried.failures, console->failures());
        if (most >= failuresBeforeLock)
            refusal.lockedUntil = std::max(tried.lockedUntil, console->lockedUntil());
        else
            refusal.triesLeft = failuresBeforeLock - most;
        return tl::unexpected<UnlockRefusal>(std::move(refusal));
    };
    auto half = openHalf(vaultFile(), pin, m_person);
    if (!half) {
        if (half.error().code != ErrorCode::Denied)
            return refuse("vault_unreadable");
        return wrong("pin_wrong");
    }
    if (totp) {
        const auto step = stepOf(*totp, half->totpSecret, wall);
        if (!step)
            return wrong("totp_wrong");
        if (*step <= state->lastStep)
            return refuse("totp_reused");
        state->lastStep = *step;
    }
    // The PIN alone takes back its own try and no more: whoever knows it could otherwise guess codes without end.
    if (totp) {
        state->failures = 0;
        state->lockedUntil = Timestamp();
    }
    state->newestSeen = now;
    const auto counted = totp ? console->clear(m_person) : console->takeBackTry();
    if (!counted || !writeState(stateFile(), *state))
        return refuse("vault_unreadable");
    return UnlockedPerson{std::move(half->key), totp.has_value()};
}

tl::expected<UnlockedPerson, UnlockRefusal> PersonVault::changePin(const crypto::SecretBytes& pin,
                                                                   std::optional<std::string_view> totp,
                                                                   const crypto::SecretBytes& newPin, Timestamp wall,
                                                                   const crypto::ScryptCost& cost)
{
    auto opened = unlock(pin, totp, wall);
    if (!opened)
        return opened;
    const auto unreadable = tl::unexpected<UnlockRefusal>(UnlockRefusal{"vault_unreadable", {}, 0});
    const auto lock = FileLock::take(lockFile());
    const auto before = lock ? readVault(vaultFile(), m_person) : Result<Value>(fail(lock.error()));
    const auto plain = before ? openBox(*before, pin, m_person) : Result<crypto::SecretBytes>(fail(before.error()));
    if (!plain || newPin.size() < 4) // also when owners gave the person another key meanwhile
        return unreadable;
    const auto text = vaultText(m_person, *plain, newPin, (*before)["act"].asString(), cost);
    if (!text || !writeSmallFile(vaultFile(), *text))
        return unreadable;
    return opened;
}

Result<bool> PersonVault::put(const std::string& vault, const std::string& state, const std::string& act)
{
    CORDON_TRY(Value value, json::parse(vault));
    CORDON_TRY(const FileLock lock, FileLock::take(lockFile()));
    const auto before = readVault(vaultFile(), m_person);
    if (before && (*before)["act"].asString() == act)
        return false;
    value.set("act", act);
    CORDON_CHECK(writeSmallFile(stateFile(), state)); // first: a vault without a state opens for nobody
    CORDON_CHECK(writeSmallFile(vaultFile(), json::write(value)));
    return true;
}

Result<PersonVault::WrongTries> PersonVault::wrongTries() const
{
    std::error_code none;
    if (!std::filesystem::exists(stateFile(), none))
        return fail(ErrorCode::NotFound, stateFile().string());
    CORDON_TRY(const FileLock lock, FileLock::takeWithin(lockFile(), std::chrono::milliseconds(0)));
    CORDON_TRY(const FactorState state, readState(stateFile()));
    return WrongTries{state.failures, state.lockedUntil};
}

Result<void> PersonVault::clearLock()
{
    CORDON_TRY(const FileLock lock, FileLock::take(lockFile()));
    CORDON_TRY(FactorState state, readState(stateFile()));
    state.failures = 0;
    state.lockedUntil = Timestamp();
    CORDON_TRY(ConsoleLock console, ConsoleLock::take(m_folder, state.newestSeen));
    CORDON_CHECK(console.clear(m_person));
    return writeState(stateFile(), state);
}

} // namespace cordon::govern
