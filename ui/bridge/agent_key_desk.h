#pragma once

#include "core/engine/agent_identity.h"

#include <QObject>
#include <QString>

#include <memory>
#include <string>

namespace cordon::ui::bridge {

/// The agent's key of this installation, for the window: opened off the GUI thread. Belongs to the GUI thread; never
/// blocks.
class AgentKeyDesk : public QObject
{
    Q_OBJECT

public:
    explicit AgentKeyDesk(std::shared_ptr<engine::AgentIdentity> identity, QObject* parent = nullptr);

    [[nodiscard]] bool isOpen() const { return m_identity->key() != nullptr; }
    /// Nobody chose a passphrase yet.
    [[nodiscard]] bool isFirst() const { return m_identity->isFirst(); }
    [[nodiscard]] bool hasKeyring() const { return m_identity->hasStore(); }
    /// Answers with `opened`, or with `asked` when the keyring does not help.
    void openFromKeyring();
    /// Answers with `opened` or `failed`. Both texts are wiped.
    void open(std::string passphrase, std::string again, bool isKept);
    /// The person does not give it now: the engine says what that means.
    void leaveClosed();

signals:
    void opened();
    void asked();
    /// @param code  of AgentIdentity, or "not_kept" after `opened`, with the keyring's own words
    void failed(const QString& code, const QString& detail);

private:
    std::shared_ptr<engine::AgentIdentity> m_identity;
};

} // namespace cordon::ui::bridge
