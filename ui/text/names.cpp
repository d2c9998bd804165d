#include "ui/text/names.h"

#include "core/words/attack.h"
#include "ui/text/texts.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace cordon::ui::text {
namespace {

class Names
{
    Q_DECLARE_TR_FUNCTIONS(Names)
};

constexpr int longestShown = 32;

} // namespace

QString shortId(const QString& id)
{
    static const QRegularExpression keyId(QStringLiteral("^(AKIA|ASIA|AROA|AIDA|ghp_|gho_|ghs_)[A-Za-z0-9]{8,}$"));
    if (keyId.match(id).hasMatch())
        return id.left(4) + QChar(0x2026) + id.right(4);
    if (id.startsWith(QLatin1String("arn:"))) {
        const qsizetype slash = id.lastIndexOf(QLatin1Char('/'));
        const qsizetype colon = id.lastIndexOf(QLatin1Char(':'));
        const QString last = id.mid(std::max(slash, colon) + 1);
        return last.isEmpty() ? id : shortId(last);
    }
    if (id.size() > longestShown && !id.contains(QLatin1Char(' ')))
        return id.left(longestShown - 9) + QChar(0x2026) + id.right(8);
    return id;
}

QString entityName(const EntityRef& entity)
{
    const QString id = plainLine(entity.id);
    if (entity.kind == EntityKind::Credential && entity.type != "session" && !id.startsWith(QLatin1String("arn:")))
        return shortId(id);
    return shortId(entity.name.empty() ? id : plainLine(entity.name));
}

QString entityFull(const EntityRef& entity)
{
    const QString name = plainLine(entity.name);
    const QString id = plainLine(entity.id, 400);
    const QString kind = entity.type.empty() ? kindWord(entity.kind)
                                             : plainLine(entity.type).replace(QLatin1Char('_'), QLatin1Char(' '));
    if (name.isEmpty() || name == id)
        return Names::tr("%1 %2", "kind, id").arg(kind, id);
    return Names::tr("%1 %2 (%3)", "kind, name, id").arg(kind, name, id);
}

QString kindWord(EntityKind kind)
{
    switch (kind) {
    case EntityKind::Account: return Names::tr("account");
    case EntityKind::Credential: return Names::tr("credential");
    case EntityKind::Role: return Names::tr("role");
    case EntityKind::Group: return Names::tr("group");
    case EntityKind::Policy: return Names::tr("policy");
    case EntityKind::Workload: return Names::tr("workload");
    case EntityKind::Host: return Names::tr("host");
    case EntityKind::Address: return Names::tr("address");
    case EntityKind::Secret: return Names::tr("secret");
    case EntityKind::Resource: return Names::tr("resource");
    case EntityKind::Application: return Names::tr("application");
    }
    return {};
}

QString kindIcon(const EntityRef& entity)
{
    if (entity.kind == EntityKind::Credential)
        return entity.type == "session" ? QStringLiteral("clock") : QStringLiteral("key");
    return QString::fromUtf8(toString(entity.kind).data(), static_cast<qsizetype>(toString(entity.kind).size()));
}

QString roleNames(const std::vector<std::string>& roles)
{
    QStringList names;
    for (const std::string& role : roles) {
        names += role == "analyst"     ? Names::tr("analyst")
                 : role == "commander" ? Names::tr("commander")
                 : role == "owner"     ? Names::tr("owner")
                 : role == "reviewer"  ? Names::tr("reviewer")
                                       : plainLine(role);
    }
    return names.join(QStringLiteral(", "));
}

QString personName(const std::string& id)
{
    const QString line = plainLine(id);
    const qsizetype colon = line.indexOf(QLatin1Char(':'));
    return line.mid(colon + 1);
}

QString techniqueName(const std::string& id)
{
    return plainLine(words::attack().line(id));
}

QString techniqueTip(const std::string& id)
{
    const std::string current = words::attack().currentId(id);
    const words::Attack::Technique* technique = words::attack().find(current);
    if (!technique)
        return {};
    QStringList tactics;
    for (const std::string& tactic : technique->tactics)
        tactics += plainLine(tactic).replace(QLatin1Char('-'), QLatin1Char(' '));
    QStringList former;
    for (const std::string& old : technique->formerIds)
        former += plainLine(old);
    QString tip = tactics.join(QStringLiteral(", "));
    if (!former.isEmpty())
        tip += QLatin1Char('\n') + Names::tr("Formerly %1", "older ids of an ATT&CK technique").arg(former.join(QStringLiteral(", ")));
    return tip;
}

} // namespace cordon::ui::text
