#include "core/connectors/nftables/ssh_client.h"

#include "core/base/digest.h"
#include "core/connectors/tame_words.h"

#include <algorithm>
#include <array>
#include <libssh/libssh.h>

namespace cordon::connectors::nftables {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t mostOutput = 8U << 20U;

struct FreeKey
{
    void operator()(ssh_key_struct* key) const { ssh_key_free(key); }
};
struct FreeChannel
{
    void operator()(ssh_channel_struct* channel) const { ssh_channel_free(channel); }
};
using KeyHandle = std::unique_ptr<ssh_key_struct, FreeKey>;
using ChannelHandle = std::unique_ptr<ssh_channel_struct, FreeChannel>;

tl::unexpected<Error> failed(ErrorCode code, const char* what, ssh_session session)
{
    return fail(code, std::string("ssh: ") + what + ": " + tameWords(ssh_get_error(session)));
}

/// Signatures that a host's key of that type may make.
std::string algorithmsOf(const std::string& keyType)
{
    return keyType == "ssh-rsa" ? "rsa-sha2-512,rsa-sha2-256" : keyType;
}

/// `SHA256:…` of the key that the host showed and proved to hold.
std::string shownKey(ssh_session session)
{
    ssh_key raw = nullptr;
    if (ssh_get_server_publickey(session, &raw) != SSH_OK)
        return {};
    const KeyHandle key(raw);
    unsigned char* hash = nullptr;
    std::size_t size = 0;
    if (ssh_get_publickey_hash(key.get(), SSH_PUBLICKEY_HASH_SHA256, &hash, &size) != 0)
        return {};
    std::string text = toBase64(ByteView(hash, size));
    ssh_clean_pubkey_hash(&hash);
    while (text.ends_with('='))
        text.pop_back();
    return "SHA256:" + text;
}

} // namespace

struct SshClient::State
{
    ssh_session session = ssh_new();
    steady_clock::time_point until;

    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State()
    {
        if (!session)
            return;
        ssh_disconnect(session);
        ssh_free(session);
    }
    [[nodiscard]] int millisecondsLeft() const
    {
        return static_cast<int>(std::max<std::int64_t>(std::chrono::duration_cast<milliseconds>(until - steady_clock::now()).count(), 0));
    }
};

SshClient::SshClient(std::unique_ptr<State> state)
    : m_state(std::move(state))
{}
SshClient::SshClient(SshClient&&) noexcept = default;
SshClient& SshClient::operator=(SshClient&&) noexcept = default;
SshClient::~SshClient() = default;

Result<SshClient> SshClient::connect(const Address& address, const std::string& user, const crypto::SecretBytes& privateKey,
                                     const std::string& passphrase, milliseconds timeLimit)
{
    auto state = std::make_unique<State>();
    const ssh_session session = state->session;
    if (!session)
        return fail(ErrorCode::Internal, "ssh: no session");
    state->until = steady_clock::now() + timeLimit;
    const bool off = false;
    const long seconds = std::max<long>(static_cast<long>(timeLimit.count() / 1000), 1);
    const std::string algorithms = algorithmsOf(address.keyType);
    const std::array<std::pair<ssh_options_e, const void*>, 8> options{{{SSH_OPTIONS_PROCESS_CONFIG, &off},
                                                                        {SSH_OPTIONS_SSH_DIR, "/dev/null"},
                                                                        {SSH_OPTIONS_HOST, address.host.c_str()},
                                                                        {SSH_OPTIONS_PORT_STR, address.port.c_str()},
                                                                        {SSH_OPTIONS_USER, user.c_str()},
                                                                        {SSH_OPTIONS_HOSTKEYS, algorithms.c_str()},
                                                                        {SSH_OPTIONS_TIMEOUT, &seconds},
                                                                        {SSH_OPTIONS_COMPRESSION, "no"}}};
    for (const auto& [option, value] : options) {
        if (ssh_options_set(session, option, value) != SSH_OK)
            return failed(ErrorCode::Invalid, "option", session);
    }
    if (ssh_connect(session) != SSH_OK)
        return failed(ErrorCode::Denied, "connect", session);
    if (const std::string shown = shownKey(session); shown != address.keyHash)
        return fail(ErrorCode::Untrusted, "ssh: " + address.host + " shows the key " + shown + ", not the one of the settings");
    ssh_key raw = nullptr;
    std::string text(privateKey.text()); // the library wants it to end with a zero
    const int read = ssh_pki_import_privkey_base64(text.c_str(), passphrase.empty() ? nullptr : passphrase.c_str(), nullptr, nullptr, &raw);
    crypto::wipe(text);
    const KeyHandle key(raw);
    if (read != SSH_OK)
        return fail(ErrorCode::Denied, "ssh: the private key of the credential cannot be read");
    if (ssh_userauth_publickey(session, nullptr, key.get()) != SSH_AUTH_SUCCESS)
        return fail(ErrorCode::Denied, "ssh: " + address.host + " does not let the key of the credential in");
    return SshClient(std::move(state));
}

Result<SshClient::Reply> SshClient::run(const std::string& command, const std::string& input)
{
    const ssh_session session = m_state->session;
    const ChannelHandle channel(ssh_channel_new(session));
    if (!channel || ssh_channel_open_session(channel.get()) != SSH_OK)
        return failed(ErrorCode::Denied, "channel", session);
    if (ssh_channel_request_exec(channel.get(), command.c_str()) != SSH_OK)
        return fail(ErrorCode::Denied, "ssh: the machine does not take the command '" + command + "'");
    // What begins here may be done, whatever happens to the connection.
    if (!input.empty() && ssh_channel_write(channel.get(), input.data(), static_cast<std::uint32_t>(input.size())) != static_cast<int>(input.size()))
        return failed(ErrorCode::Io, "input", session);
    ssh_channel_send_eof(channel.get());
    Reply reply;
    std::array<char, 16384> bytes{};
    for (const int isError : {0, 1}) {
        std::string& text = isError != 0 ? reply.words : reply.out;
        for (;;) {
            const int count = ssh_channel_read_timeout(channel.get(), bytes.data(), bytes.size(), isError, m_state->millisecondsLeft());
            // With words on the other stream still unread the channel is not told to be at its end, and this one is all the same.
            if (count == 0 && (ssh_channel_is_eof(channel.get()) != 0 || m_state->millisecondsLeft() > 0))
                break;
            if (count <= 0)
                return fail(m_state->millisecondsLeft() == 0 ? ErrorCode::TimedOut : ErrorCode::Io, "ssh: no answer to '" + command + "'");
            text.append(bytes.data(), static_cast<std::size_t>(count));
            if (text.size() > mostOutput)
                return fail(ErrorCode::Io, "ssh: '" + command + "' says more than is read");
        }
    }
    if (ssh_channel_is_eof(channel.get()) == 0)
        return fail(ErrorCode::Io, "ssh: '" + command + "' broke off");
    reply.words = tameWords(reply.words.c_str());
    reply.status = ssh_channel_get_exit_status(channel.get());
    if (reply.status < 0)
        return fail(ErrorCode::Io, "ssh: nobody knows how '" + command + "' ended");
    return reply;
}

} // namespace cordon::connectors::nftables
