#include "ui/bridge/systems_desk.h"

#include "core/base/clock.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

namespace cordon::ui::bridge {
namespace {

/// Back on the GUI thread, unless the desk is gone by then.
void answer(const QPointer<SystemsDesk>& desk, std::function<void(SystemsDesk&)> what)
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

SystemsDesk::SystemsDesk(QString home, QString program, std::shared_ptr<engine::SystemVault> vault, QObject* parent)
    : QObject(parent)
    , m_home(std::move(home))
    , m_program(std::move(program))
    , m_vault(std::move(vault))
{
}

/// A system that hangs must not hold up the end of the program.
SystemsDesk::~SystemsDesk()
{
    m_ending.request_stop();
}

QString SystemsDesk::usualSettings() const
{
    return QString::fromStdString(engine::systemsFile(m_home.toStdString()).string());
}

void SystemsDesk::look(const QString& settings)
{
    QThreadPool::globalInstance()->start([desk = QPointer(this), home = m_home.toStdString(), file = settings.toStdString()] {
        const engine::ConnectionLook look = engine::lookAtConnection(home, file, MachineClock().now());
        answer(desk, [look](SystemsDesk& here) { emit here.looked(look); });
    });
}

void SystemsDesk::openFromKeyring()
{
    QThreadPool::globalInstance()->start([desk = QPointer(this), vault = m_vault] {
        const bool isOpen = vault->openFromStore().has_value();
        answer(desk, [isOpen](SystemsDesk& here) {
            if (isOpen)
                emit here.opened();
            else
                emit here.asked();
        });
    });
}

void SystemsDesk::open(std::string passphrase, bool isKept)
{
    auto secret = std::make_shared<crypto::SecretBytes>(crypto::SecretBytes::copyOf(passphrase));
    crypto::wipe(passphrase);
    QThreadPool::globalInstance()->start([desk = QPointer(this), vault = m_vault, secret, isKept] {
        if (const auto done = vault->open(*secret); !done) {
            const QString code = done.error().code == ErrorCode::Denied ? QStringLiteral("passphrase_wrong") : QStringLiteral("vault_unreadable");
            answer(desk, [code, why = QString::fromStdString(done.error().detail)](SystemsDesk& here) { emit here.failed(code, why); });
            return;
        }
        const auto kept = isKept ? vault->keep(*secret) : Result<void>();
        answer(desk, [why = kept ? QString() : QString::fromStdString(kept.error().detail)](SystemsDesk& here) {
            emit here.opened();
            if (!why.isEmpty())
                emit here.failed(QStringLiteral("not_kept"), why);
        });
    });
}

void SystemsDesk::check(const std::vector<act::ConnectorSettings>& systems)
{
    const std::shared_ptr<act::CredentialSource> credentials = m_vault->credentials();
    if (!credentials)
        return;
    QThreadPool::globalInstance()->start([desk = QPointer(this), program = m_program.toStdString(), systems, credentials, stop = m_ending.get_token()] {
        const auto checks = engine::checkSystems(program, systems, *credentials, stop);
        answer(desk, [checks](SystemsDesk& here) { emit here.checked(checks); });
    });
}

} // namespace cordon::ui::bridge
