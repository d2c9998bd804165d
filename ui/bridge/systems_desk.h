#pragma once

#include "core/engine/connected_systems.h"
#include "core/engine/connection_look.h"
#include "core/engine/system_check.h"
#include "core/engine/system_vault.h"

#include <QObject>
#include <QString>

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace cordon::ui::bridge {

/// The real systems of this installation, for the window: whether a case could act on them, the vault with their
/// credentials, whether they answer. All of it off the GUI thread; belongs to the GUI thread and never blocks.
class SystemsDesk : public QObject
{
    Q_OBJECT

public:
    /// @param program  cordon_connector
    SystemsDesk(QString home, QString program, std::shared_ptr<engine::SystemVault> vault, QObject* parent = nullptr);
    ~SystemsDesk() override;

    [[nodiscard]] QString home() const { return m_home; }
    [[nodiscard]] QString program() const { return m_program; }
    /// The file that is meant where no other was named.
    [[nodiscard]] QString usualSettings() const;
    /// Answers with `looked`. Takes no secret and asks no system.
    void look(const QString& settings);

    [[nodiscard]] bool isOpen() const { return m_vault->credentials() != nullptr; }
    [[nodiscard]] std::shared_ptr<act::CredentialSource> credentials() const { return m_vault->credentials(); }
    [[nodiscard]] bool hasKeyring() const { return m_vault->hasStore(); }
    /// Answers with `opened`, or with `asked` when the keyring does not help.
    void openFromKeyring();
    /// Answers with `opened` or `failed`. The text is wiped.
    void open(std::string passphrase, bool isKept);

    /// Asks each system by calls that change nothing; answers with `checked`. The vault is open.
    void check(const std::vector<act::ConnectorSettings>& systems);

signals:
    void looked(const cordon::engine::ConnectionLook& look);
    void opened();
    void asked();
    /// @param code  "passphrase_wrong", "vault_unreadable", or "not_kept" after `opened`
    void failed(const QString& code, const QString& detail);
    void checked(const std::vector<cordon::engine::SystemCheck>& checks);

private:
    QString m_home;
    QString m_program;
    std::shared_ptr<engine::SystemVault> m_vault;
    std::stop_source m_ending;
};

} // namespace cordon::ui::bridge
