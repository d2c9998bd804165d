#pragma once

#include "tests/ui/approval/approval_builders.h"

#include "core/crypto/sealed_box.h"
#include "core/govern/approval_text.h"
#include "core/govern/people.h"
#include "core/govern/person_vault.h"
#include "ui/approval/approval_form.h"
#include "ui/text/english_plurals.h"
#include "ui/theme/apply.h"
#include "ui/theme/fonts.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTimer>
#include <QtTest>

#include <memory>

namespace cordon::test {

/// A form over a real request, with a real person behind it; only the clocks are made up. A test class calls `prepare`,
/// `reset` and `close` from its own initTestCase, init and cleanup.
class FormFixture : public QObject
{
protected:
    QTemporaryDir m_people;
    StillClock m_clock;
    std::chrono::milliseconds m_reading{0}; ///< what the reading delay goes by
    crypto::SigningKey m_agentKey = crypto::SigningKey::generate();
    crypto::SecretBytes m_totpSecret = crypto::SecretBytes::copyOf("a secret of twenty b");
    crypto::PublicKey m_key; ///< the person's
    ApprovalRequest m_request;
    std::unique_ptr<ui::approval::ApprovalForm> m_form;
    QStringList m_replies;
    QList<bool> m_answers;
    int m_notNow = 0;
    factor::Authenticator* m_authenticator = nullptr; ///< the security key that is plugged in

    void prepare()
    {
        QApplication::installTranslator(new ui::text::EnglishPlurals(this));
        ui::theme::loadFonts();
        ui::theme::apply(*qApp, ui::theme::Mode::Dark);
        const crypto::ScryptCost cheap{1U << 4U, 8, 1};
        const auto made = govern::createPerson(m_people.path().toStdString(), person, "analyst-a", {"analyst"},
                                               crypto::SecretBytes::copyOf(goodPin), m_totpSecret,
                                               m_clock.now() + std::chrono::hours(24 * 90), cheap);
        QVERIFY2(made.has_value(), made ? "" : made.error().detail.c_str());
        m_key = made->key;
    }
    void reset()
    {
        m_replies.clear();
        m_answers.clear();
        m_notNow = 0;
        m_clock.pass(std::chrono::minutes(2)); // an authenticator code is good only once
    }
    void close() { m_form.reset(); }

    void open(const Asked& asked = {})
    {
        m_request = requestFor(asked, m_clock);
        const auto text = govern::signRequest(m_request, "nhi:cordon-agent", m_agentKey);
        QVERIFY2(text.has_value(), text ? "" : text.error().detail.c_str());
        const auto read = govern::readRequest(*text, m_agentKey.publicKey());
        QVERIFY2(read.has_value(), read ? "" : read.error().detail.c_str());
        ui::approval::FormInput input{*text, *read, m_agentKey.publicKey(), m_people.path().toStdString(), person, 0,
                                      m_authenticator, asked.caseNow};
        m_form = std::make_unique<ui::approval::ApprovalForm>(std::move(input), m_clock, [this] { return m_reading; });
        connect(m_form.get(), &ui::approval::ApprovalForm::decided, this,
                [this](const QString& reply, bool isApproved) {
                    m_replies.append(reply);
                    m_answers.append(isApproved);
                });
        connect(m_form.get(), &ui::approval::ApprovalForm::notNow, this, [this] { ++m_notNow; });
        m_form->show();
        QVERIFY(QTest::qWaitForWindowActive(m_form.get()));
    }

    template<class Widget>
    [[nodiscard]] Widget* part(const char* name) const
    {
        return m_form->findChild<Widget*>(QString::fromLatin1(name));
    }
    [[nodiscard]] QPushButton* button(const char* name) const { return part<QPushButton>(name); }
    [[nodiscard]] QLineEdit* field(const char* name) const { return part<QLineEdit>(name); }
    [[nodiscard]] QString code() const { return part<QLabel>("shownCode")->text(); }
    [[nodiscard]] QString status() const { return part<QLabel>("status")->text(); }
    [[nodiscard]] QString totp() const
    {
        return QString::fromStdString(crypto::totpCode(m_totpSecret, m_clock.now().micros() / 30'000'000));
    }

    /// Reads down to the last line: the offscreen screen is too low for all of them.
    void readAll()
    {
        const QScrollBar* bar = part<QScrollArea>("facts")->verticalScrollBar();
        for (int i = 0; i < 50 && bar->value() < bar->maximum(); ++i)
            QTest::keyClick(m_form.get(), Qt::Key_PageDown);
    }
    void fill()
    {
        if (field("code"))
            QTest::keyClicks(field("code"), code());
        QTest::keyClicks(field("pin"), QString::fromLatin1(goodPin));
        if (field("totp"))
            QTest::keyClicks(field("totp"), totp());
    }
    /// Lets the form's own ticks go by: Approve needs two in a row that find everything right.
    void letItTick(int ticks = 2)
    {
        auto* ticker = part<QTimer>("ticker");
        for (int i = 0; i < ticks; ++i) {
            QTimerEvent tick(ticker->timerId());
            QCoreApplication::sendEvent(ticker, &tick);
        }
    }
    /// A form in which nothing is missing any more.
    void openReady(const Asked& asked = {})
    {
        open(asked);
        readAll();
        fill();
        m_reading += std::chrono::seconds(3);
        letItTick();
        QVERIFY2(button("approve")->isEnabled(), qPrintable(status()));
    }
};

} // namespace cordon::test
