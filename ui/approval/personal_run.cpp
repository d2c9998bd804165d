// The step-up program as a form for everything that is no approval. Source: docs/formats/people.md
#include "ui/approval/personal_run.h"

#include "core/factor/fido_authenticator.h"
#include "ui/approval/person_form.h"
#include "ui/approval/person_words.h"
#include "ui/theme/apply.h"
#include "ui/theme/fonts.h"

#include <QApplication>
#include <QFile>
#include <QScreen>

#include <array>
#include <cstdio>

namespace cordon::ui::approval {
namespace {

constexpr int given = 0;
constexpr int refused = 1;
constexpr int notNow = 2;
constexpr int usage = 64;
constexpr qint64 mostText = 256 * 1024;

struct Mode
{
    const char* option;
    PersonForm::Kind kind;
};
constexpr std::array<Mode, 6> modes{{{"--sign-in", PersonForm::Kind::SignIn},
                                     {"--sign-command", PersonForm::Kind::Order},
                                     {"--sign-people", PersonForm::Kind::People},
                                     {"--change-pin", PersonForm::Kind::ChangePin},
                                     {"--enrol", PersonForm::Kind::Enrol},
                                     {"--add-key", PersonForm::Kind::AddKey}}};

const Mode* modeOf(const QStringList& arguments)
{
    for (const Mode& mode : modes) {
        if (arguments.contains(QLatin1String(mode.option)))
            return &mode;
    }
    return nullptr;
}

/// What follows an option, or "".
QString after(const QStringList& arguments, const char* option)
{
    const qsizetype place = arguments.indexOf(QLatin1String(option));
    return place < 0 ? QString() : arguments.value(place + 1);
}

int refuse(const std::string& why)
{
    std::fprintf(stderr, "cordon_approve: %s\n", why.c_str());
    return refused;
}

bool write(const QString& block)
{
    const QByteArray bytes = block.toUtf8();
    return std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stdout) ==
               static_cast<std::size_t>(bytes.size()) &&
           std::fflush(stdout) == 0;
}

} // namespace

bool isPersonal(const QStringList& arguments)
{
    return modeOf(arguments) != nullptr;
}

int runPersonal(QApplication& application, const QStringList& arguments)
{
    PersonForm::Input input;
    input.kind = modeOf(arguments)->kind;
    input.folder = after(arguments, "--people").toStdString();
    input.person = after(arguments, "--as").toStdString();
    input.installation = after(arguments, "--installation").toStdString();
    input.isExercise = arguments.contains(QLatin1String("--exercise"));
    if (input.folder.empty() || (input.person.empty() && input.kind != PersonForm::Kind::Enrol)) {
        std::fputs("usage: cordon_approve --sign-in|--sign-command|--sign-people|--change-pin|--enrol|--add-key --people DIR\n"
                   "           [--as USER] [--installation ID] [--exercise] [--theme dark|light|contrast] [--language CODE] < TEXT\n",
                   stderr);
        return usage;
    }
    if (input.kind != PersonForm::Kind::ChangePin) {
        QFile in;
        if (!in.open(stdin, QIODevice::ReadOnly))
            return refuse("standard input cannot be read");
        while (static_cast<qint64>(input.text.size()) <= mostText) {
            const QByteArray part = in.read(mostText);
            if (part.isEmpty())
                break;
            input.text += part.toStdString();
        }
    }
    theme::loadFonts();
    theme::apply(application, theme::modeFrom(after(arguments, "--theme")).value_or(theme::Mode::Dark));
    const MachineClock clock;
    factor::FidoAuthenticator authenticator;
    input.authenticator = &authenticator;
    auto form = PersonForm::make(std::move(input), clock);
    if (!form)
        return refuse(form.error().detail);
    (*form)->setWindowFlags(Qt::Dialog | Qt::FramelessWindowHint | Qt::WindowStaysOnTopHint);
    QObject::connect(form->get(), &PersonForm::decided, &application, [&](const QString& block) {
        application.exit(write(block) ? given : refuse("the block could not be written"));
    });
    QObject::connect(form->get(), &PersonForm::notNow, &application, [&] { application.exit(notNow); });
    QRect place = (*form)->rect();
    place.moveCenter((*form)->screen()->availableGeometry().center());
    (*form)->move(place.topLeft());
    (*form)->open();
    (*form)->raise();
    (*form)->activateWindow();
    return QApplication::exec();
}

} // namespace cordon::ui::approval
