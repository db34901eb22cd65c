// SPDX-License-Identifier: MIT
#include "session/workbench/exportplan.h"

#include "base/similarname.h"
#include "session/sessiontext.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

const QString idProperty = u"hs_object_id"_s;

QString titleOfLinks(const LinkColumn &column, bool isLabel)
{
    return isLabel ? linkColumnLabel(column) : linkColumnName(column);
}

QStringList namesLike(const QString &text, const QList<PropertyDefinition> &definitions)
{
    QStringList byName;
    QStringList byLabel;
    for (const PropertyDefinition &definition : definitions) {
        if (definition.name == text)
            return {text};
        if (definition.name.compare(text, Qt::CaseInsensitive) == 0)
            byName.append(definition.name);
        if (definition.label.compare(text, Qt::CaseInsensitive) == 0)
            byLabel.append(definition.name);
    }
    return byName.isEmpty() ? byLabel : byName;
}

} // namespace

QList<TableColumn> columnsOf(const ExportPlan &plan, ObjectType,
                             const QList<PropertyDefinition> &definitions)
{
    QHash<QString, QString> labels;
    QHash<QString, int> counts {{u"record id"_s, 1}};
    for (const PropertyDefinition &definition : definitions)
        labels.insert(definition.name, definition.label);
    for (const QString &property : plan.properties)
        ++counts[labels.value(property).toCaseFolded()];

    QList<TableColumn> columns {{plan.hasLabels ? u"Record ID"_s : idProperty, false}};
    for (const QString &property : plan.properties) {
        const QString label = labels.value(property);
        if (!plan.hasLabels || label.isEmpty())
            columns.append({property, false});
        else if (counts.value(label.toCaseFolded()) > 1)
            columns.append({u"%1 (%2)"_s.arg(label, property), false});
        else
            columns.append({label, false});
    }
    for (const ExportedLinks &links : plan.links) {
        columns.append({titleOfLinks({links.type, {}}, plan.hasLabels), true});
        if (!links.key.isEmpty())
            columns.append({titleOfLinks({links.type, links.key}, plan.hasLabels), true});
    }
    return columns;
}

Result<QStringList> propertiesNamed(const QStringList &names,
                                    const QList<PropertyDefinition> &definitions)
{
    QStringList properties;
    for (const QString &name : names) {
        if (name == "*"_L1) {
            for (const PropertyDefinition &definition : definitions) {
                if (!definition.archived)
                    properties.append(definition.name);
            }
            continue;
        }
        const QStringList meant = namesLike(name.trimmed(), definitions);
        if (meant.size() > 1)
            return fail(ErrorKind::InvalidInput,
                        SessionText::tr("“%1” is the label of several properties: %2.")
                            .arg(name.left(80), meant.join(u", "_s)),
                        SessionText::tr("Write the name of the one you mean."));
        if (meant.isEmpty()) {
            QStringList known;
            for (const PropertyDefinition &definition : definitions)
                known.append({definition.name, definition.label});
            const auto similar = mostSimilarName(name, known);
            return fail(ErrorKind::InvalidInput,
                        SessionText::tr("The portal has no property “%1”.").arg(name.left(80)),
                        similar ? SessionText::tr("Did you mean %1?").arg(*similar) : QString());
        }
        properties.append(meant);
    }
    properties.removeDuplicates();
    properties.removeAll(idProperty); // Always the first column.
    return properties;
}

Result<ExportedLinks> exportedLinksFrom(const QString &text)
{
    const qsizetype dot = text.indexOf(u'.');
    const QString name = dot < 0 ? text : text.first(dot);
    for (const ObjectType type : {ObjectType::Contacts, ObjectType::Companies}) {
        if (nameOf(type) == name)
            return ExportedLinks {type, dot < 0 ? keyPropertyOf(type) : text.sliced(dot + 1)};
    }
    return fail(ErrorKind::InvalidInput,
                SessionText::tr("Records cannot be associated with “%1”.").arg(name.left(80)),
                SessionText::tr("Write contacts or companies, or with a property, as in "
                                "companies.name."));
}

} // namespace hubkeeper
