#include "ui/bridge/agent_key_desk.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

namespace cordon::ui::bridge {
namespace {

/// Back on the GUI thread, unless the desk is gone by then.
void answer(const QPointer<AgentKeyDesk>& desk, std::function<void(AgentKeyDesk&)> what)
{
    QMetaObject::invokeMethod(
        QCoreApplication::instance(),
        [desk, what = std::move(what)] {
            if (desk)
                what(*desk);
        },
        Qt::QueuedConnection);
}

} // namespace

AgentKeyDesk::AgentKeyDesk(std::shared_ptr<engine::AgentIdentity> identity, QObject* parent)
    : QObject(parent)
    , m_identity(std::move(identity))
{
}

void AgentKeyDesk::openFromKeyring()
{
    QThreadPool::globalInstance()->start([desk = QPointer(this), identity = m_identity] {
        const auto done = identity->openFromStore();
        answer(desk, [isOpen = done.has_value()](AgentKeyDesk& here) {
            if (isOpen)
                emit here.opened();
            else
                emit here.asked();
        });
    });
}

void AgentKeyDesk::open(std::string passphrase, std::string again, bool isKept)
{
    auto first = std::make_shared<crypto::SecretBytes>(crypto::SecretBytes::copyOf(passphrase));
    auto second = std::make_shared<crypto::SecretBytes>(crypto::SecretBytes::copyOf(again));
    crypto::wipe(passphrase);
    crypto::wipe(again);
    QThreadPool::globalInstance()->start([desk = QPointer(this), identity = m_identity, first, second, isKept] {
        const auto done = identity->open(*first, *second);
        if (!done) {
            const std::string& detail = done.error().detail;
            answer(desk, [code = QString::fromStdString(detail.substr(0, detail.find(':'))),
                          all = QString::fromStdString(detail)](AgentKeyDesk& here) { emit here.failed(code, all); });
            return;
        }
        const auto kept = isKept ? identity->keep(*first) : Result<void>();
        answer(desk, [why = kept ? QString() : QString::fromStdString(kept.error().detail)](AgentKeyDesk& here) {
            emit here.opened();
            if (!why.isEmpty())
                emit here.failed(QStringLiteral("not_kept"), why);
        });
    });
}

void AgentKeyDesk::leaveClosed()
{
    m_identity->refuse("not_opened: nobody gave its passphrase");
}

} // namespace cordon::ui::bridge
