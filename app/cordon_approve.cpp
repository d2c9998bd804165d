// The step-up program: a request comes in on stdin, one person decides, the signed reply goes out on stdout. Key and
// factors never enter the console's process. Source: docs/formats/approval.md

#include "ui/approval/personal_run.h"
#include "core/base/clock.h"
#include "core/factor/fido_authenticator.h"
#include "core/factor/qr_code.h"
#include "core/govern/approval_text.h"
#include "core/govern/people.h"
#include "core/platform/hardening.h"
#include "ui/approval/approval_form.h"
#include "ui/text/language.h"
#include "ui/theme/apply.h"
#include "ui/theme/fonts.h"
#include "ui/travel/paste_dialog.h"
#include "ui/travel/text_dialog.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFile>
#include <QScreen>

#include <cstdio>

namespace {

using namespace cordon;

constexpr int exitReplied = 0;
constexpr int exitRefused = 1;
constexpr int exitNotNow = 2;
constexpr int exitUsage = 64;
constexpr qint64 mostRequestBytes = 256 * 1024;
constexpr qint64 mostKeyBytes = 4096;

/// Standard error carries the reason and nothing else: the console shows it to the person.
void dropChatter(QtMsgType type, const QMessageLogContext&, const QString& message)
{
    if (type == QtCriticalMsg || type == QtFatalMsg)
        std::fprintf(stderr, "cordon_approve: %s\n", qPrintable(message));
}

int refuse(const std::string& reason, const std::string& detail)
{
    std::fprintf(stderr, "cordon_approve: %s%s%s\n", reason.c_str(), detail.empty() ? "" : ": ", detail.c_str());
    return exitRefused;
}

int usage(const QString& problem)
{
    std::fprintf(stderr, "cordon_approve: %s\n", qPrintable(problem));
    std::fputs(
        "usage: cordon_approve --people DIR --agent-key FILE --as USER [--theme dark|light|contrast] [--language CODE] [--slot N] [--case-now TIME]\n"
        "           [--request FILE | --paste | < REQUEST]\n",
        stderr);
    return exitUsage;
}

struct Options
{
    QString people;
    QString agentKey;
    QString person;
    QString requestFile;
    bool isPasted = false;
    ui::theme::Mode mode = ui::theme::Mode::Dark;
    int slot = 0;
    std::optional<Timestamp> caseNow;
    QString problem; ///< "" when the command line is understood
};

Options optionsFrom(const QStringList& arguments)
{
    QCommandLineParser parser;
    parser.addOptions({{QStringLiteral("people"), {}, QStringLiteral("DIR")},
                       {QStringLiteral("agent-key"), {}, QStringLiteral("FILE")},
                       {QStringLiteral("as"), {}, QStringLiteral("USER")},
                       {QStringLiteral("request"), {}, QStringLiteral("FILE")},
                       {QStringLiteral("paste"), {}},
                       {QStringLiteral("theme"), {}, QStringLiteral("dark|light|contrast"), QStringLiteral("dark")},
                       {QStringLiteral("language"), {}, QStringLiteral("CODE")},
                       {QStringLiteral("slot"), {}, QStringLiteral("N"), QStringLiteral("0")},
                       {QStringLiteral("case-now"), {}, QStringLiteral("TIME")}});
    Options options;
    if (!parser.parse(arguments)) {
        options.problem = parser.errorText();
        return options;
    }
    options.people = parser.value(QStringLiteral("people"));
    options.agentKey = parser.value(QStringLiteral("agent-key"));
    options.person = parser.value(QStringLiteral("as"));
    if (!options.person.startsWith(QLatin1String("user:")))
        options.person.prepend(QLatin1String("user:"));
    options.requestFile = parser.value(QStringLiteral("request"));
    options.isPasted = parser.isSet(QStringLiteral("paste"));
    const QString theme = parser.value(QStringLiteral("theme"));
    options.mode = ui::theme::modeFrom(theme).value_or(ui::theme::Mode::Dark);
    bool isNumber = false;
    options.slot = parser.value(QStringLiteral("slot")).toInt(&isNumber);
    if (const auto now = Timestamp::parse(parser.value(QStringLiteral("case-now")).toStdString()))
        options.caseNow = *now;
    if (options.people.isEmpty() || options.agentKey.isEmpty() || !parser.isSet(QStringLiteral("as")))
        options.problem = QStringLiteral("--people, --agent-key and --as are needed");
    else if (!parser.positionalArguments().isEmpty())
        options.problem = QStringLiteral("the request comes on standard input");
    else if (!ui::theme::modeFrom(theme))
        options.problem = QStringLiteral("--theme is dark, light or contrast");
    else if (!isNumber || options.slot < 0)
        options.problem = QStringLiteral("--slot is a number");
    return options;
}

Result<crypto::PublicKey> readKey(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Io, path.toStdString() + ": " + file.errorString().toStdString());
    return crypto::PublicKey::parse(file.read(mostKeyBytes).trimmed().toStdString());
}

/// From a file, from what a person pastes, or from standard input.
Result<std::string> readRequestText(const Options& options)
{
    if (options.isPasted) {
        ui::travel::PasteDialog paste({ui::approval::ApprovalForm::tr("Answer a request"),
                                       ui::approval::ApprovalForm::tr("Paste the request as it came: the text, or what a camera "
                                                                      "read from its QR codes, in any order."),
                                       ui::approval::ApprovalForm::tr("The request as text"), ui::approval::ApprovalForm::tr("Open"),
                                       ui::approval::ApprovalForm::tr("This is no request.")},
                                      {});
        return paste.exec() == QDialog::Accepted ? Result<std::string>(paste.text().toStdString())
                                                 : fail(ErrorCode::NotFound, "nothing was pasted");
    }
    QFile input(options.requestFile);
    const bool isOpen = options.requestFile.isEmpty() ? input.open(stdin, QIODevice::ReadOnly)
                                                      : input.open(QIODevice::ReadOnly);
    if (!isOpen)
        return fail(ErrorCode::Io, "the request cannot be read");
    QByteArray text;
    while (text.size() <= mostRequestBytes) {
        const QByteArray part = input.read(mostRequestBytes + 1 - text.size());
        if (part.isEmpty())
            return factor::joinedFromQr(text.toStdString());
        text += part;
    }
    return fail(ErrorCode::Invalid, "the request is longer than 256 KiB");
}

bool writeReply(const QString& reply)
{
    const QByteArray bytes = reply.toUtf8();
    return std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stdout) ==
               static_cast<std::size_t>(bytes.size()) &&
           std::fflush(stdout) == 0;
}

/// Elsewhere than at the console, the reply has to travel: it is shown to be copied or scanned.
int askPerson(QApplication& application, ui::approval::FormInput input, bool isElsewhere)
{
    const MachineClock clock;
    ui::approval::ApprovalForm form(std::move(input), clock);
    form.setWindowFlags(Qt::Dialog | Qt::FramelessWindowHint | Qt::WindowStaysOnTopHint);
    QObject::connect(&form, &ui::approval::ApprovalForm::decided, &application, [&](const QString& reply) {
        if (isElsewhere) {
            ui::travel::TextDialog({ui::approval::ApprovalForm::tr("Your signed reply"),
                                    ui::approval::ApprovalForm::tr("Send it back to where the request came from, through any chat or "
                                                                   "mail. It is good for this request alone, and once."),
                                    ui::approval::ApprovalForm::tr("The signed reply as text")},
                                   reply)
                .exec();
        }
        application.exit(writeReply(reply) ? exitReplied : refuse("io", "the reply could not be written"));
    });
    QObject::connect(&form, &ui::approval::ApprovalForm::notNow, &application, [&] { application.exit(exitNotNow); });
    QRect place = form.rect();
    place.moveCenter(form.screen()->availableGeometry().center());
    form.move(place.topLeft());
    form.open();
    form.raise();
    form.activateWindow();
    return application.exec();
}

} // namespace

int main(int argc, char** argv)
{
    if (!platform::closeToOthers()) // a PIN passes through this process
        return refuse("not_hardened", "core dumps and tracing could not be switched off");
    qInstallMessageHandler(dropChatter);
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("Cordon"));
    QApplication::setQuitOnLastWindowClosed(false);
    ui::text::speak(ui::text::wishIn(QApplication::arguments()));
    if (ui::approval::isPersonal(QApplication::arguments()))
        return ui::approval::runPersonal(application, QApplication::arguments());
    const Options options = optionsFrom(QApplication::arguments());
    if (!options.problem.isEmpty())
        return usage(options.problem);

    const auto key = readKey(options.agentKey);
    if (!key)
        return refuse("agent_key_unreadable", key.error().detail);
    ui::theme::loadFonts();
    ui::theme::apply(application, options.mode);
    const auto requestText = readRequestText(options);
    if (!requestText && requestText.error().code == ErrorCode::NotFound)
        return exitNotNow;
    if (!requestText)
        return refuse("request_invalid", requestText.error().detail);
    const auto request = govern::readRequest(*requestText, *key);
    if (!request)
        return refuse(request.error().code == ErrorCode::Untrusted ? "request_untrusted" : "request_invalid",
                      request.error().detail);
    const auto people = govern::PeopleDirectory::load(options.people.toStdString());
    if (!people || !people->find(options.person.toStdString()))
        return refuse("person_unknown", people ? options.person.toStdString() : people.error().detail);
    if (!govern::isStillOpen(*request, MachineClock()))
        return refuse("expired", "the request ran out at " + request->approveBy.toString());

    factor::FidoAuthenticator securityKey;
    return askPerson(application,
                     {*requestText, *request, *key, options.people.toStdString(), options.person.toStdString(),
                      options.slot, &securityKey, options.caseNow},
                     options.isPasted || !options.requestFile.isEmpty());
}
