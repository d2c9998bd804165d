#include "core/record/ledger_auditor.h"
#include "core/record/tlog_proof.h"
#include "tests/soak/record/runs.h"
#include "tests/soak/record/sample_ledger.h"

#include <fstream>
#include <functional>
#include <map>

namespace cordon::record::soak {
namespace {

constexpr const char* segment = "00000001.log";

/// One case that is being damaged.
struct Case
{
    std::map<std::string, std::string> ledger; ///< by name below `ledger/`
    std::map<std::string, std::string> pinned; ///< by name below the home's `pinned/`
};

class Damage
{
public:
    Damage(Case& target, Dice& dice)
        : m_case(target)
        , m_dice(dice)
    {}

    /// @return its name
    const char* one()
    {
        using Step = std::pair<const char*, void (Damage::*)()>;
        static constexpr Step steps[] = {
            {"flip", &Damage::flip},           {"cut", &Damage::cut},           {"append", &Damage::append},
            {"zero", &Damage::zero},           {"delete", &Damage::remove},     {"swap", &Damage::swap},
            {"double", &Damage::twice},        {"edit", &Damage::edit},         {"form", &Damage::form},
            {"flip head", &Damage::flipHead},  {"drop heads", &Damage::dropHeads}, {"rename head", &Damage::renameHead},
            {"mix heads", &Damage::mixHeads},  {"head line", &Damage::headLine}, {"mark", &Damage::mark},
            {"other key", &Damage::otherKey},  {"no key", &Damage::noKey},      {"certificate", &Damage::certificate},
            {"drop epoch", &Damage::dropEpoch}, {"no genesis", &Damage::noGenesis},
        };
        const Step& step = steps[below(m_dice, std::size(steps))];
        (this->*step.second)();
        return step.first;
    }

private:
    std::string& bytes() { return m_case.ledger[segment]; }
    std::string header() { return bytes().substr(0, std::min<std::size_t>(256, bytes().size())); }
    std::vector<std::string> entries()
    {
        std::vector<std::string> list;
        for (const std::string& frame : framesOf(bytes())) {
            if (frame.size() > 36)
                list.push_back(entryOf(frame));
        }
        return list;
    }
    void put(const std::vector<std::string>& list) { bytes() = chainedAnew(header(), list); }
    std::string& anyHead()
    {
        std::vector<std::string*> heads;
        for (auto& [name, text] : m_case.ledger) {
            if (name.starts_with("checkpoints/"))
                heads.push_back(&text);
        }
        return heads.empty() ? bytes() : *heads[below(m_dice, heads.size())];
    }

    void flip()
    {
        if (!bytes().empty())
            bytes()[below(m_dice, bytes().size())] ^= static_cast<char>(1U << m_dice() % 8);
    }
    void cut() { bytes().resize(below(m_dice, bytes().size() + 1)); }
    void append()
    {
        for (std::size_t left = 1 + below(m_dice, 60); left > 0; --left)
            bytes() += static_cast<char>(m_dice());
    }
    void zero()
    {
        const std::size_t at = below(m_dice, bytes().size() + 1);
        std::fill_n(bytes().begin() + static_cast<std::ptrdiff_t>(at), std::min(bytes().size() - at, 1 + below(m_dice, 600)), '\0');
    }
    void remove()
    {
        auto list = entries();
        if (!list.empty())
            list.erase(list.begin() + static_cast<std::ptrdiff_t>(below(m_dice, list.size())));
        put(list);
    }
    void swap()
    {
        auto list = entries();
        if (!list.empty())
            std::swap(list[below(m_dice, list.size())], list[below(m_dice, list.size())]);
        put(list);
    }
    void twice()
    {
        auto list = entries();
        if (!list.empty())
            list.push_back(list[below(m_dice, list.size())]);
        put(list);
    }
    void edit()
    {
        auto list = entries();
        if (list.empty())
            return;
        std::string& entry = list[below(m_dice, list.size())];
        static constexpr std::pair<const char*, const char*> changes[] = {
            {"\"person\"", "\"engine\""}, {"\"note\"", "\"decision\""}, {"INC-0001", "INC-0002"}, {"\"v\":1", "\"v\":2"},
            {"\"seq\":", "\"seq\":1"},    {"ed25519:", "ed25519:A"},    {"null", "\"\""},         {"age", "asked"},
            {"size ", "size 0"},          {"commander-b", "commander-c"}};
        const auto& [from, to] = changes[below(m_dice, std::size(changes))];
        if (const auto at = entry.find(from); at != std::string::npos)
            entry.replace(at, std::string_view(from).size(), to);
        put(list);
    }
    void form()
    {
        auto list = entries();
        if (list.empty())
            return;
        std::string& entry = list[below(m_dice, list.size())];
        switch (m_dice() % 7) {
        case 0: entry += ' '; break;
        case 1: entry = "{}"; break;
        case 2: entry = "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"; break;
        case 3: entry.insert(entry.size() - 1, ",\"z\":1"); break;
        case 4: entry[below(m_dice, entry.size())] = static_cast<char>(0x80 + m_dice() % 128); break;
        case 5: entry.insert(1, "\"a\":1.5,"); break;
        default: entry.resize(below(m_dice, entry.size()) + 1); break;
        }
        put(list);
    }
    void flipHead()
    {
        std::string& head = anyHead();
        if (!head.empty())
            head[below(m_dice, head.size())] ^= static_cast<char>(1U << m_dice() % 8);
    }
    void dropHeads()
    {
        for (auto next = m_case.ledger.begin(); next != m_case.ledger.end();)
            next = next->first.starts_with("checkpoints/") && m_dice() % 2 == 0 ? m_case.ledger.erase(next) : std::next(next);
    }
    void renameHead()
    {
        for (auto next = m_case.ledger.begin(); next != m_case.ledger.end(); ++next) {
            if (!next->first.starts_with("checkpoints/") || m_dice() % 2 == 0)
                continue;
            const std::string text = next->second;
            m_case.ledger.erase(next);
            static const char* names[] = {"00000003", "3", "x", "00000099", "99999999999999999999", "0000000a"};
            m_case.ledger["checkpoints/" + std::string(names[below(m_dice, std::size(names))])] = text;
            return;
        }
    }
    void mixHeads() { anyHead() = std::string(anyHead()); }
    void headLine()
    {
        std::string& head = anyHead();
        const std::string other = anyHead();
        const auto at = other.rfind("\xE2\x80\x94 ");
        switch (m_dice() % 4) {
        case 0: head += at == std::string::npos ? other : other.substr(at); break;
        case 1: head += "\xE2\x80\x94 somebody AAAAAAAAAAAA\n"; break;
        case 2: head += "\n"; break;
        default:
            if (const auto last = head.rfind("\xE2\x80\x94 "); last != std::string::npos)
                head.resize(last);
        }
    }
    void mark()
    {
        for (auto& [name, text] : m_case.pinned) {
            if (name.ends_with(".mark")) {
                const auto space = std::min(text.find(' '), text.size());
                const std::int64_t size = static_cast<std::int64_t>(below(m_dice, 20));
                text = m_dice() % 8 == 0 ? "nonsense\n" : std::to_string(size) + text.substr(space);
            }
        }
    }
    void otherKey()
    {
        for (auto& [name, text] : m_case.pinned) {
            if (name.ends_with(".pub"))
                text = crypto::SigningKey::generate().publicKey().toString() + "\n";
        }
    }
    void noKey() { m_case.pinned.clear(); }
    /// One letter of a certificate, under a chain made anew.
    void certificate()
    {
        auto list = entries();
        for (std::string& entry : list) {
            const auto at = entry.find("cordon.ledger-epoch.v1");
            if (at == std::string::npos || m_dice() % 2 == 0)
                continue;
            const auto end = std::min(entry.find("\",", at), entry.size());
            const std::size_t place = at + below(m_dice, end - at);
            entry[place] = static_cast<char>('A' + m_dice() % 26);
            break;
        }
        put(list);
    }
    void dropEpoch()
    {
        auto list = entries();
        for (auto next = list.begin(); next != list.end(); ++next) {
            if (next->find("\"ledger.epoch\"") != std::string::npos) {
                list.erase(next);
                break;
            }
        }
        put(list);
    }
    void noGenesis()
    {
        auto list = entries();
        if (!list.empty())
            list.erase(list.begin());
        put(list);
    }

    Case& m_case;
    Dice& m_dice;
};

void writeFile(const platform::Path& path, const std::string& bytes)
{
    std::filesystem::create_directories(path.parent_path());
    std::ofstream file(path, std::ios::binary);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!file)
        giveUp("cannot write " + path.string());
}

} // namespace

std::uint64_t writeMutants(std::uint64_t runs, std::uint64_t seed, const std::string& folder)
{
    Dice dice(seed);
    const Workshop workshop;
    const SampleLedger sample = makeSample(workshop.path(), 14, 60, 3);
    Case honest;
    honest.ledger = sample.ledger.files;
    for (const auto& file : std::filesystem::directory_iterator(workshop.path() / "home" / "pinned"))
        honest.pinned[file.path().filename().string()] = must(platform::readFile(file.path()));
    std::filesystem::create_directories(folder);
    writeFile(platform::Path(folder) / "entry.tlog-proof", must(tlogProof(workshop.path() / "case", 7)));
    writeFile(platform::Path(folder) / "genesis.key", sample.genesis.toString());
    std::ofstream verdicts(folder + "/verdicts.txt");
    std::map<std::string, std::uint64_t> counts;
    for (std::uint64_t run = 0; run < runs; ++run) {
        Case hurt = honest;
        Damage damage(hurt, dice);
        std::string name = run == 0 ? "none" : damage.one();
        if (run != 0 && dice() % 5 == 0)
            name += std::string("+") + damage.one();
        const platform::Path place = platform::Path(folder) / std::to_string(run);
        for (const auto& [file, bytes] : hurt.ledger)
            writeFile(place / "case" / "ledger" / file, bytes);
        std::filesystem::create_directories(place / "home");
        for (const auto& [file, bytes] : hurt.pinned)
            writeFile(place / "home" / "pinned" / file, bytes);
        AuditOptions options;
        options.home = place / "home";
        options.checksEvidence = false;
        const auto report = LedgerAuditor(options).verify(place / "case");
        const int status = report ? report->exitStatus() : 70;
        const bool hasFirst = report && !report->problems.empty();
        verdicts << run << ' ' << status << ' ' << (hasFirst ? std::to_string(report->problems.front().seq) : "-") << ' '
                 << name << '\t' << (hasFirst ? report->problems.front().what : "") << '\n';
        ++counts["exit " + std::to_string(status)];
    }
    std::printf("mutated cases, TL-15: %llu written, seed %llu:", static_cast<unsigned long long>(runs), static_cast<unsigned long long>(seed));
    for (const auto& [what, count] : counts)
        std::printf(" %s %llu", what.c_str(), static_cast<unsigned long long>(count));
    std::printf("\n");
    return 0;
}

} // namespace cordon::record::soak
