#include "core/ingest/readers/syslog_message.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cordon::ingest {
namespace {

bool startsWith(std::string_view text, std::string_view start)
{
    return text.substr(0, start.size()) == start;
}

bool takeStart(std::string_view& text, std::string_view start)
{
    if (!startsWith(text, start))
        return false;
    text.remove_prefix(start.size());
    return true;
}

/// What stands before `mark`; all of the text when it is not there.
std::string_view upTo(std::string_view text, std::string_view mark)
{
    return text.substr(0, text.find(mark));
}

/// The value of `key=value`, up to the next blank.
std::string_view valueOf(std::string_view text, std::string_view key)
{
    for (std::size_t at = text.find(key); at != text.npos; at = text.find(key, at + 1)) {
        const bool isWhole = at == 0 || text[at - 1] == ' ' || text[at - 1] == ',';
        if (isWhole && text.substr(at + key.size(), 1) == "=")
            return upTo(upTo(text.substr(at + key.size() + 1), " "), ",");
    }
    return {};
}

/// `… from 203.0.113.7 port 4711 ssh2`: the last of each, so that a name that holds such words changes nothing.
std::string_view takePeer(std::string_view text, SyslogDeed& deed)
{
    constexpr std::string_view fromWord = " from ";
    const std::size_t from = text.rfind(fromWord);
    if (from == text.npos)
        return text;
    std::string_view peer = text.substr(from + fromWord.size());
    deed.address = upTo(peer, " ");
    if (const std::size_t port = peer.find(" port "); port != peer.npos)
        deed.port = upTo(peer.substr(port + 6), " ");
    return text.substr(0, from);
}

void readLoginName(std::string_view text, SyslogDeed& deed)
{
    takeStart(text, "invalid user ");
    takeStart(text, "illegal user ");
    deed.actor = text;
}

/// `Connection closed by authenticating user root 203.0.113.7 port 4711 [preauth]`
void readNamedPeer(std::string_view text, SyslogDeed& deed)
{
    const std::size_t port = text.rfind(" port ");
    if (port == text.npos)
        return;
    deed.port = upTo(text.substr(port + 6), " ");
    text = text.substr(0, port);
    const std::size_t blank = text.rfind(' ');
    deed.address = blank == text.npos ? text : text.substr(blank + 1);
    deed.actor = blank == text.npos ? std::string_view() : text.substr(0, blank);
}

SyslogDeed readSshd(std::string_view message)
{
    SyslogDeed deed;
    std::string_view rest = message;
    if (takeStart(rest, "Accepted ") || takeStart(rest, "Failed ")) {
        deed.action = "login";
        deed.outcome = startsWith(message, "A") ? "success" : "failure";
        const std::size_t forWord = rest.find(" for ");
        if (forWord == rest.npos)
            return deed;
        deed.method = rest.substr(0, forWord);
        readLoginName(takePeer(rest.substr(forWord + 5), deed), deed);
    } else if (takeStart(rest, "Invalid user ") || takeStart(rest, "Illegal user ")) {
        deed.action = "login";
        deed.outcome = "failure";
        deed.actor = takePeer(rest, deed);
    } else if (takeStart(rest, "error: maximum authentication attempts exceeded for ")) {
        deed.action = "login";
        deed.outcome = "failure";
        readLoginName(takePeer(rest, deed), deed);
    } else if (takeStart(rest, "Connection closed by authenticating user ") ||
               takeStart(rest, "Connection closed by invalid user ") ||
               takeStart(rest, "Connection reset by authenticating user ") ||
               takeStart(rest, "Connection reset by invalid user ")) {
        deed.action = "login";
        deed.outcome = "failure";
        readNamedPeer(rest, deed);
    } else if (takeStart(rest, "Disconnected from user ")) {
        deed.action = "logout";
        deed.outcome = "success";
        readNamedPeer(rest, deed);
    }
    return deed;
}

/// `alice : 3 incorrect password attempts ; TTY=pts/0 ; PWD=/home/alice ; USER=root ; COMMAND=/usr/bin/id`
SyslogDeed readSudo(std::string_view message)
{
    SyslogDeed deed;
    const std::size_t colon = message.find(" : ");
    if (colon == message.npos || message.find("USER=") == message.npos)
        return deed;
    deed.action = "command";
    deed.actor = message.substr(0, colon);
    deed.actor.remove_prefix(std::min(deed.actor.find_first_not_of(' '), deed.actor.size()));
    std::string_view rest = message.substr(colon + 3);
    deed.outcome = startsWith(rest, "TTY=") || startsWith(rest, "PWD=") || startsWith(rest, "HOST=") ? "success" : "failure";
    while (!rest.empty()) {
        if (takeStart(rest, "COMMAND=")) { // the last, and it may hold anything
            deed.command = rest;
            break;
        }
        const std::string_view part = upTo(rest, " ; ");
        const std::string_view value = part.substr(std::min(part.find('=') + 1, part.size()));
        if (startsWith(part, "TTY="))
            deed.terminal = value;
        else if (startsWith(part, "PWD="))
            deed.folder = value;
        else if (startsWith(part, "USER="))
            deed.runAs = value;
        rest.remove_prefix(std::min(part.size() + 3, rest.size()));
    }
    deed.subject = deed.runAs;
    return deed;
}

/// `(to root) alice on pts/0`, `FAILED SU (to root) alice on pts/0`
SyslogDeed readSu(std::string_view message)
{
    SyslogDeed deed;
    std::string_view rest = message;
    const bool hasFailed = takeStart(rest, "FAILED SU ");
    if (!takeStart(rest, "(to "))
        return deed;
    deed.action = "switch_user";
    deed.outcome = hasFailed ? "failure" : "success";
    deed.subject = upTo(rest, ") ");
    rest.remove_prefix(std::min(deed.subject.size() + 2, rest.size()));
    deed.actor = upTo(rest, " on ");
    return deed;
}

/// `(root) CMD (/usr/local/bin/backup)`
SyslogDeed readCron(std::string_view message)
{
    SyslogDeed deed;
    if (!startsWith(message, "(") || message.back() != ')')
        return deed;
    const std::size_t close = message.find(") ");
    const std::size_t open = message.find(" (", close);
    if (close == message.npos || open == message.npos)
        return deed;
    const std::string_view word = message.substr(close + 2, open - close - 2);
    deed.actor = message.substr(1, close - 1);
    deed.command = message.substr(open + 2, message.size() - open - 3);
    deed.outcome = "success";
    deed.action = word == "CMD" ? "command" : word == "REPLACE" || word == "BEGIN EDIT" || word == "END EDIT" ? "edit" : "other";
    return deed;
}

/// `new user: name=eve, UID=1001, …`, `delete user 'eve'`, `add 'eve' to group 'sudo'`
SyslogDeed readAccountKeeping(std::string_view message)
{
    SyslogDeed deed;
    deed.outcome = "success";
    std::string_view rest = message;
    if (takeStart(rest, "new user: ")) {
        deed.action = "add_user";
        deed.subject = valueOf(rest, "name");
    } else if (takeStart(rest, "new group: ")) {
        deed.action = "add_group";
        deed.group = valueOf(rest, "name");
    } else if (takeStart(rest, "delete user '")) {
        deed.action = "delete_user";
        deed.subject = upTo(rest, "'");
    } else if (takeStart(rest, "add '")) {
        deed.action = "add_to_group";
        deed.subject = upTo(rest, "'");
        if (const std::size_t group = rest.rfind(" group '"); group != rest.npos)
            deed.group = upTo(rest.substr(group + 8), "'");
    } else if (takeStart(rest, "change user '")) {
        deed.action = "change_user";
        deed.subject = upTo(rest, "'");
    } else {
        deed.outcome = {};
    }
    return deed;
}

/// `pam_unix(sshd:session): session opened for user root(uid=0) by alice(uid=1000)`
SyslogDeed readPam(std::string_view message)
{
    SyslogDeed deed;
    const std::size_t colon = message.find("): ");
    if (!startsWith(message, "pam_") || colon == message.npos)
        return deed;
    std::string_view rest = message.substr(colon + 3);
    if (startsWith(rest, "authentication failure;")) {
        deed.action = "authentication";
        deed.outcome = "failure";
        deed.actor = valueOf(rest, "user");
        deed.address = valueOf(rest, "rhost");
    } else if (takeStart(rest, "session opened for user ") || takeStart(rest, "session closed for user ")) {
        deed.action = message.find("session opened") != message.npos ? "session" : "logout";
        deed.outcome = "success";
        deed.actor = upTo(upTo(rest, " by "), "(");
    } else if (takeStart(rest, "password changed for ")) {
        deed.action = "change_password";
        deed.outcome = "success";
        deed.subject = rest;
    }
    return deed;
}

using Reader = SyslogDeed (*)(std::string_view);

constexpr std::array<std::pair<std::string_view, Reader>, 14> readers{{
    {"sshd", readSshd},
    {"sshd-session", readSshd},
    {"sudo", readSudo},
    {"su", readSu},
    {"cron", readCron},
    {"CRON", readCron},
    {"crond", readCron},
    {"CROND", readCron},
    {"crontab", readCron},
    {"useradd", readAccountKeeping},
    {"userdel", readAccountKeeping},
    {"usermod", readAccountKeeping},
    {"groupadd", readAccountKeeping},
    {"gpasswd", readAccountKeeping},
}};

constexpr std::array<std::pair<std::string_view, std::string_view>, 30> services{{
    {"sshd", "sshd"},         {"sshd-session", "sshd"}, {"sudo", "sudo"},         {"cron", "cron"},
    {"CRON", "cron"},         {"crond", "cron"},        {"CROND", "cron"},        {"crontab", "cron"},
    {"anacron", "cron"},      {"clamd", "clamav"},      {"clamav", "clamav"},     {"freshclam", "clamav"},
    {"clamscan", "clamav"},   {"vsftpd", "vsftpd"},     {"guacd", "guacamole"},   {"guacamole", "guacamole"},
    {"su", "auth"},           {"login", "auth"},        {"pkexec", "auth"},       {"polkitd", "auth"},
    {"systemd-logind", "auth"}, {"passwd", "auth"},     {"useradd", "auth"},      {"userdel", "auth"},
    {"usermod", "auth"},      {"groupadd", "auth"},     {"gpasswd", "auth"},      {"chage", "auth"},
    {"gdm-password]", "auth"}, {"sysmon", "sysmon"},
}};

} // namespace

SyslogDeed readSyslogDeed(std::string_view program, std::string_view message)
{
    if (message.empty())
        return {};
    const auto reader = std::find_if(readers.begin(), readers.end(),
                                     [program](const auto& pair) { return pair.first == program; });
    if (reader != readers.end()) {
        if (SyslogDeed deed = reader->second(message); !deed.action.empty())
            return deed;
    }
    return readPam(message);
}

std::string_view syslogService(std::string_view program, std::string_view facility)
{
    const auto service = std::find_if(services.begin(), services.end(),
                                      [program](const auto& pair) { return pair.first == program; });
    if (service != services.end())
        return service->second;
    return facility == "auth" || facility == "authpriv" ? "auth" : "syslog";
}

} // namespace cordon::ingest
