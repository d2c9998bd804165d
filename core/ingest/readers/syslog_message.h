#pragma once

#include <string>
#include <string_view>

namespace cordon::ingest {

/// What a program's message tells of a person at work. Empty members are not told. Texts that whoever logs in may
/// choose (names) cannot pass for others: addresses are read from the end of the message.
struct SyslogDeed
{
    std::string_view action;  ///< login, logout, session, command, switch_user, add_user, …
    std::string_view outcome; ///< success or failure
    std::string_view actor;
    std::string_view subject; ///< the account that it is about, when another one
    std::string_view group;
    std::string_view address;
    std::string_view port;
    std::string_view method; ///< of a login
    std::string_view command;
    std::string_view folder;
    std::string_view terminal;
    std::string_view runAs; ///< sudo's USER
};

/// Reads messages of sshd, sudo, su, cron, PAM, login, and of the programs that keep accounts. Views into `message`.
[[nodiscard]] SyslogDeed readSyslogDeed(std::string_view program, std::string_view message);

/// Sigma's service for a program's messages: sshd, sudo, cron, auth, clamav, vsftpd, guacamole; else syslog.
/// @param facility  "" when not known
[[nodiscard]] std::string_view syslogService(std::string_view program, std::string_view facility);

} // namespace cordon::ingest
