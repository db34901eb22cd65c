// SPDX-License-Identifier: MIT
#include "secretplacetext.h"

#include "waiting.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

QString formText(SecretForm form)
{
    switch (form) {
    case SecretForm::Absent:
        return u"not in the file"_s;
    case SecretForm::PlainText:
        return u"in the file as plain text"_s;
    case SecretForm::Encrypted:
        return u"in the file, encrypted by IDM"_s;
    case SecretForm::Substituted:
        return u"in the file as a substitution"_s;
    case SecretForm::Invalid:
        return u"in the file, in a form that is not a secret"_s;
    }
    Q_UNREACHABLE();
}

/// A word for programs; the sentences may change.
QString nameOf(SecretForm form)
{
    switch (form) {
    case SecretForm::Absent:
        return u"absent"_s;
    case SecretForm::PlainText:
        return u"plainText"_s;
    case SecretForm::Encrypted:
        return u"encrypted"_s;
    case SecretForm::Substituted:
        return u"substituted"_s;
    case SecretForm::Invalid:
        return u"invalid"_s;
    }
    Q_UNREACHABLE();
}

QString keychainState(const SecretPlace &place)
{
    if (place.failure)
        return u"unknown"_s;
    return place.stored ? u"stored"_s : u"absent"_s;
}

QString keychainText(const SecretPlace &place)
{
    if (place.failure)
        return place.failure->what;
    return place.stored ? u"yes"_s : u"no"_s;
}

} // namespace

Result<QList<SecretPlace>> placesOf(const Connection &connection, Services &services)
{
    const auto all =
        waitFor(lookForSecrets({connection}, services.session(), nullptr, &services.calls),
                services.interrupt);
    return all.map([](QList<SecretPlace> places) {
        places.removeIf([](const SecretPlace &place) { return place.id == journalKeyId(); });
        return places;
    });
}

QJsonArray placesJson(const QList<SecretPlace> &places)
{
    QJsonArray list;
    for (const SecretPlace &place : places) {
        list.append(QJsonObject {{u"name"_s, place.id.name},
                                 {u"keychain"_s, keychainState(place)},
                                 {u"keychainText"_s, keychainText(place)},
                                 {u"file"_s, nameOf(place.inFile)},
                                 {u"fileText"_s, formText(place.inFile)},
                                 {u"lastUse"_s, place.lastUse.toString(Qt::ISODate)}});
    }
    return list;
}

QList<QStringList> placesTable(const QList<SecretPlace> &places)
{
    QList<QStringList> rows {{u"SECRET"_s, u"KEYCHAIN"_s, u"FILE"_s, u"LAST USE"_s}};
    for (const SecretPlace &place : places) {
        rows.append({place.id.name, keychainText(place), formText(place.inFile),
                     place.lastUse.isValid() ? place.lastUse.toString(Qt::ISODate) : u"never"_s});
    }
    return rows;
}

} // namespace hubkeeper::cli
