// SPDX-License-Identifier: MIT
#include "provisioner/document/secretplacing.h"

#include "provisioner/provisionertext.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QString pointerTo(const QString &property)
{
    return u"/configurationProperties/"_s + property;
}

} // namespace

bool isSubstitutionName(const QString &name)
{
    static const QRegularExpression form(u"^[A-Za-z][A-Za-z0-9._-]{0,199}\\z"_s);
    return form.match(name).hasMatch();
}

Result<void> placePlainText(Document &document, const QString &property, const Secret &secret,
                            const QString &step)
{
    QByteArray json = secret.withClearText([](std::string_view text) {
        return jsonQuoted(QString::fromUtf8(text.data(), qsizetype(text.size())));
    });
    auto placed = document.setRaw(pointerTo(property), json, step);
    wipe(json);
    return placed;
}

Result<void> placeSubstitution(Document &document, const QString &property, const QString &name,
                               const QString &step)
{
    if (!isSubstitutionName(name)) {
        return fail(
            ErrorKind::InvalidInput,
            ProvisionerText::tr("\"%1\" is not a name that a server can fill in.").arg(name),
            ProvisionerText::tr("Use letters, digits, dots, dashes and underscores."));
    }
    return document.setRaw(pointerTo(property), jsonQuoted(u"&{%1}"_s.arg(name)), step);
}

Result<void> takeSecretOut(Document &document, const QString &property, const QString &step)
{
    if (document.text().at(pointerTo(property)) == JsonText::none)
        return {};
    return document.setRaw(pointerTo(property), "null", step);
}

} // namespace hubkeeper
