#pragma once

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace cordon::test {

/// An OpenLDAP server of the tests' own on 127.0.0.1 with password policy, and with the attributes of Active Directory that the connector changes.
class SlapdServer
{
public:
    /// @param entries  LDIF below dc=acme,dc=example
    explicit SlapdServer(const QByteArray& entries)
    {
        if (!QFile::exists("/usr/sbin/slapd"))
            return;
        QDir(m_dir.path()).mkdir("db");
        m_port = freePort();
        write("slapd.conf", "include /etc/ldap/schema/core.schema\ninclude /etc/ldap/schema/cosine.schema\ninclude /etc/ldap/schema/inetorgperson.schema\n"
                            "attributetype ( 1.2.840.113556.1.4.8 NAME 'userAccountControl' EQUALITY integerMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )\n"
                            "attributetype ( 1.2.840.113556.1.4.221 NAME 'sAMAccountName' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )\n"
                            "objectclass ( 1.2.840.113556.1.5.9 NAME 'user' SUP top AUXILIARY MAY ( userAccountControl $ sAMAccountName ) )\n"
                            "modulepath /usr/lib/ldap\nmoduleload back_mdb\nmoduleload ppolicy\n"
                            "database mdb\nsuffix \"dc=acme,dc=example\"\nrootdn \"cn=admin,dc=acme,dc=example\"\nrootpw admin-pass\ndirectory " + m_dir.path().toUtf8() + "/db\n"
                            "overlay ppolicy\nppolicy_default \"cn=default,dc=acme,dc=example\"\n");
        write("init.ldif", "dn: dc=acme,dc=example\nobjectClass: dcObject\nobjectClass: organization\no: acme\ndc: acme\n\n"
                           "dn: cn=default,dc=acme,dc=example\nobjectClass: pwdPolicy\nobjectClass: person\ncn: default\nsn: default\npwdAttribute: userPassword\npwdLockout: TRUE\n\n" + entries);
        if (QProcess::execute("/usr/sbin/slapadd", {"-f", m_dir.filePath("slapd.conf"), "-l", m_dir.filePath("init.ldif")}) != 0)
            return;
        m_process.setStandardOutputFile(QProcess::nullDevice());
        m_process.setStandardErrorFile(QProcess::nullDevice());
        m_process.start("/usr/sbin/slapd", {"-f", m_dir.filePath("slapd.conf"), "-h", "ldap://127.0.0.1:" + QString::number(m_port), "-d", "0"});
        m_isRunning = m_process.waitForStarted() && QTest::qWaitFor([this] { return answers(); }, 10'000);
    }
    SlapdServer(const SlapdServer&) = delete;
    SlapdServer& operator=(const SlapdServer&) = delete;
    ~SlapdServer()
    {
        m_process.terminate();
        if (!m_process.waitForFinished(5'000))
            m_process.kill();
        m_process.waitForFinished();
    }

    [[nodiscard]] bool isRunning() const { return m_isRunning; }
    [[nodiscard]] std::string port() const { return std::to_string(m_port); }

private:
    void write(const char* name, const QByteArray& text) const
    {
        QFile file(m_dir.filePath(name));
        if (file.open(QIODevice::WriteOnly))
            file.write(text);
    }
    [[nodiscard]] sockaddr_in address() const
    {
        sockaddr_in made{};
        made.sin_family = AF_INET;
        made.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        made.sin_port = htons(static_cast<std::uint16_t>(m_port));
        return made;
    }
    [[nodiscard]] bool answers() const
    {
        const int trial = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const sockaddr_in there = address();
        const bool isThere = ::connect(trial, reinterpret_cast<const sockaddr*>(&there), sizeof there) == 0;
        ::close(trial);
        return isThere;
    }
    [[nodiscard]] int freePort() const
    {
        const int listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in there = address();
        there.sin_port = 0;
        socklen_t size = sizeof there;
        ::bind(listening, reinterpret_cast<sockaddr*>(&there), size);
        ::getsockname(listening, reinterpret_cast<sockaddr*>(&there), &size);
        ::close(listening);
        return ntohs(there.sin_port);
    }

    QTemporaryDir m_dir;
    QProcess m_process;
    int m_port = 0;
    bool m_isRunning = false;
};

} // namespace cordon::test
