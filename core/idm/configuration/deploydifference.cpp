// SPDX-License-Identifier: MIT
#include "idm/configuration/deploydifference.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

bool isEncrypted(const JsonText &text, const QString &pointer)
{
    const int node = text.at(pointer);
    return node != JsonText::none && text.member(node, u"$crypto"_s) != JsonText::none;
}

} // namespace

DeployDifference differenceTo(const JsonText &file, const ConfigObject &onServer)
{
    const JsonText server(textOf(onServer));
    DeployDifference difference;
    const QList<MeaningChange> changes = meaningDiff(server, file);
    for (const MeaningChange &change : changes) {
        const bool isHidden = change.kind == MeaningChange::Kind::Changed
            && (isEncrypted(server, change.pointer) || isEncrypted(file, change.pointer));
        if (isHidden)
            difference.notCompared.append(change.pointer);
        else
            difference.changes.append(change);
    }
    return difference;
}

QByteArray textOf(const ConfigObject &object)
{
    return QJsonDocument(object.value).toJson(QJsonDocument::Indented);
}

} // namespace hubkeeper
