// SPDX-License-Identifier: MIT
#include "connect/secretplacesmodel.h"

#include "widgets/icons.h"
#include "widgets/showntime.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(hubkeeper::SecretPlacesModel)
};

QString storeText(const SecretPlace &place)
{
    if (place.failure)
        return Words::tr("the keychain does not answer");
    if (!place.stored)
        return {};
    return place.sessionOnly ? Words::tr("memory, for this session") : Words::tr("keychain");
}

QString fileText(SecretForm form)
{
    switch (form) {
    case SecretForm::Absent:
        return {};
    case SecretForm::PlainText:
        return Words::tr("the file, as plain text");
    case SecretForm::Encrypted:
        return Words::tr("the file, encrypted by IDM");
    case SecretForm::Substituted:
        return Words::tr("the file, as a substitution");
    case SecretForm::Invalid:
        return Words::tr("the file, in a form that is not a secret");
    }
    Q_UNREACHABLE();
}

QIcon iconOf(const SecretPlace &place)
{
    if (place.inFile == SecretForm::PlainText || place.failure)
        return icon(u"dialog-warning"_s);
    return place.stored ? icon(u"dialog-ok"_s) : icon(u"step-waiting"_s);
}

} // namespace

QString titleOfSecret(const QString &name)
{
    if (name == nameOf(SecretName::ClientSecret))
        return Words::tr("Client secret");
    if (name == nameOf(SecretName::RefreshToken))
        return Words::tr("Refresh token");
    return Words::tr("Key of the journal");
}

QString textOf(const SecretPlace &place)
{
    QStringList parts {storeText(place), fileText(place.inFile)};
    parts.removeAll(QString());
    //: Separates the places where a secret is: "keychain; the file, as plain text".
    return parts.isEmpty() ? Words::tr("nowhere") : parts.join(Words::tr("; "));
}

void SecretPlacesModel::setPlaces(const QList<SecretPlace> &places)
{
    beginResetModel();
    m_places = places;
    endResetModel();
}

int SecretPlacesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_places.size());
}

int SecretPlacesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant SecretPlacesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const SecretPlace &place = m_places[index.row()];
    if (role == Qt::DecorationRole && index.column() == Where)
        return iconOf(place);
    if (role == Qt::ToolTipRole && index.column() == Where && place.failure)
        return place.failure->sentence();
    if (role == Qt::ToolTipRole && index.column() == ConnectionLabel)
        return place.provisionerPath;
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case ConnectionLabel:
        return place.connection.isEmpty() ? u"Hubkeeper"_s : place.connection;
    case SecretName:
        return titleOfSecret(place.id.name);
    case Where:
        return textOf(place);
    case LastUsed:
        return place.lastUse.isValid() ? shownTime(place.lastUse) : tr("never");
    default:
        return {};
    }
}

QVariant SecretPlacesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case ConnectionLabel:
        return tr("Connection");
    case SecretName:
        return tr("Secret");
    case Where:
        return tr("Where it is");
    case LastUsed:
        return tr("Last used");
    default:
        return {};
    }
}

} // namespace hubkeeper
