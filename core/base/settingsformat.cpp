// SPDX-License-Identifier: MIT
#include "base/settingsformat.h"

#include <QFileDevice>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto bytesKey = "base64"_L1;

QJsonValue asJson(const QVariant &value)
{
    if (value.metaType() == QMetaType::fromType<QByteArray>())
        return QJsonObject {{bytesKey, QString::fromLatin1(value.toByteArray().toBase64())}};
    return QJsonValue::fromVariant(value);
}

QVariant asVariant(const QJsonValue &value)
{
    if (value.isObject())
        return QByteArray::fromBase64(value[bytesKey].toString().toLatin1());
    if (value.isArray())
        return value.toVariant().toStringList();
    return value.toVariant();
}

bool readSettings(QIODevice &device, QSettings::SettingsMap &settings)
{
    const QByteArray bytes = device.readAll();
    if (bytes.isEmpty()) // Made beforehand, for its mode.
        return true;
    QJsonParseError error;
    const QJsonObject json = QJsonDocument::fromJson(bytes, &error).object();
    for (auto entry = json.begin(); entry != json.end(); ++entry)
        settings.insert(entry.key(), asVariant(entry.value()));
    return error.error == QJsonParseError::NoError;
}

bool writeSettings(QIODevice &device, const QSettings::SettingsMap &settings)
{
    QJsonObject json;
    for (auto entry = settings.begin(); entry != settings.end(); ++entry)
        json.insert(entry.key(), asJson(entry.value()));
    const QByteArray bytes = QJsonDocument(json).toJson();
    // QSaveFile::commit(), which follows, does not see that its own flush failed (Qt 6.4).
    auto *file = qobject_cast<QFileDevice *>(&device);
    return device.write(bytes) == bytes.size() && file && file->flush();
}

} // namespace

QSettings::Format settingsFormat()
{
    static const auto format =
        QSettings::registerFormat(u"json"_s, readSettings, writeSettings, Qt::CaseSensitive);
    return format;
}

} // namespace hubkeeper
