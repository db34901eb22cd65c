// SPDX-License-Identifier: MIT
#include "workbench/import/importchoices.h"

#include "base/settings.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qsizetype mostRemembered = 50;

/// The same for headers that differ in letter case and in blanks at their ends only.
QString nameOfHeader(ObjectType type, const QStringList &header)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(nameOf(type).toUtf8());
    for (const QString &column : header)
        hash.addData(QByteArray(1, '\0') + column.trimmed().toCaseFolded().toUtf8());
    return QString::fromLatin1(hash.result().toHex());
}

QJsonObject objectOf(const QString &text)
{
    return QJsonDocument::fromJson(text.toUtf8()).object();
}

} // namespace

std::optional<ImportChoices> rememberedChoices(const Settings &settings, ObjectType type,
                                               const QStringList &header)
{
    const QString name = nameOfHeader(type, header);
    for (const QString &text : settings.value(setting::imports)) {
        const QJsonObject json = objectOf(text);
        if (json["header"_L1] != name)
            continue;
        ImportChoices choices;
        const QJsonObject columns = json["columns"_L1].toObject();
        for (auto one = columns.begin(); one != columns.end(); ++one)
            choices.columns.insert(one.key(), one.value().toString());
        choices.match = json["match"_L1].toString();
        const int mode = json["mode"_L1].toInt(int(ImportMode::CreateOrUpdate));
        choices.mode = ImportMode(std::clamp(mode, 0, int(ImportMode::CreateOrUpdate)));
        choices.emptyClears = json["emptyClears"_L1].toBool();
        choices.removesOtherLinks = json["removesOtherLinks"_L1].toBool();
        const int dates = json["dates"_L1].toInt();
        choices.dates = DateOrder(std::clamp(dates, 0, int(DateOrder::MonthDayYear)));
        choices.isGuarded = json["guarded"_L1].toBool();
        return choices;
    }
    return std::nullopt;
}

void rememberChoices(Settings &settings, ObjectType type, const QStringList &header,
                     const ImportChoices &choices)
{
    const QString name = nameOfHeader(type, header);
    QJsonObject columns;
    for (auto one = choices.columns.cbegin(); one != choices.columns.cend(); ++one)
        columns.insert(one.key(), one.value());
    const QJsonObject json {{u"header"_s, name},
                            {u"columns"_s, columns},
                            {u"match"_s, choices.match},
                            {u"mode"_s, int(choices.mode)},
                            {u"emptyClears"_s, choices.emptyClears},
                            {u"removesOtherLinks"_s, choices.removesOtherLinks},
                            {u"dates"_s, int(choices.dates)},
                            {u"guarded"_s, choices.isGuarded}};
    const QString text = QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
    settings.change(setting::imports, [&](const QStringList &now) {
        QStringList kept {text};
        for (const QString &other : now) {
            if (kept.size() < mostRemembered && objectOf(other)["header"_L1] != name)
                kept.append(other);
        }
        return kept;
    });
}

} // namespace hubkeeper
