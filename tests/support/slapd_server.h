#pragma once

#include "tests/support/free_port.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
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
        m_isRunning = m_process.waitForStarted() && QTest::qWaitFor([this] { return isListening(m_port); }, 10'000);
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

    QTemporaryDir m_dir;
    QProcess m_process;
    int m_port = 0;
    bool m_isRunning = false;
};

} // namespace cordon::test
