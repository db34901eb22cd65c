// SPDX-License-Identifier: MIT
#include "session/reading/labelnames.h"

#include "session/sessiontext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

LabelNames::LabelNames(QList<AssociationLabel> labels)
    : m_labels(std::move(labels))
{
}

Result<AssociationKind> LabelNames::kindOf(const QString &name) const
{
    const QString wanted = name.trimmed();
    QList<AssociationLabel> found;
    QStringList known;
    for (const AssociationLabel &label : m_labels) {
        const QString id = QString::number(label.typeId);
        if (!label.label.isEmpty())
            known.append(u"%1 (%2)"_s.arg(label.label, id));
        if (wanted == id || wanted == label.category + u'/' + id
            || (!label.label.isEmpty() && wanted.compare(label.label, Qt::CaseInsensitive) == 0))
            found.append(label);
    }
    if (found.size() == 1)
        return AssociationKind {found.first().category, found.first().typeId, found.first().label};
    const QString what = found.isEmpty()
        ? SessionText::tr("There is no label \"%1\".").arg(wanted)
        : SessionText::tr("Several labels are called \"%1\".").arg(wanted);
    return fail(ErrorKind::InvalidInput, what,
                known.isEmpty() ? SessionText::tr("These classes have no labels.")
                                : SessionText::tr("These are there: %1.").arg(known.join(u", "_s)));
}

Result<QList<AssociationKind>> LabelNames::kindsOf(const QStringList &names) const
{
    QList<AssociationKind> kinds;
    for (const QString &name : names) {
        const auto kind = kindOf(name);
        if (!kind)
            return tl::unexpected(kind.error());
        kinds.append(*kind);
    }
    return kinds;
}

} // namespace hubkeeper
