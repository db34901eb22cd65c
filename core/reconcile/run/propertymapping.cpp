// SPDX-License-Identifier: MIT
#include "reconcile/run/propertymapping.h"

#include "reconcile/reconciletext.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

bool isNothing(const QJsonValue &value)
{
    return value.isNull() || value.isUndefined();
}

/// Puts the value of one property.
Step applyProperty(SyncRun &run, const MappedProperty &property, const QString &qualifier,
                   const QJsonObject &source, const QJsonValue &oldTarget, QJsonObject &target)
{
    const auto seen = [&] {
        QJsonObject values {
            {u"object"_s, source}, {u"target"_s, target}, {u"linkQualifier"_s, qualifier}};
        if (!oldTarget.isNull())
            values.insert(u"oldTarget"_s, oldTarget);
        return values;
    };
    const auto holds = run.holds(
        property.condition,
        [&] { return ReconcileText::tr("condition of %1").arg(property.targetText); }, seen);
    if (!holds)
        return tl::unexpected(holds.error());
    if (!*holds)
        return {};
    QJsonValue value = property.source ? property.source->in(source) : QJsonValue::Null;
    if (property.transform) {
        const auto transformed = run.evaluate(
            *property.transform, ReconcileText::tr("transform of %1").arg(property.targetText),
            {{u"source"_s, value.isUndefined() ? QJsonValue::Null : value},
             {u"linkQualifier"_s, qualifier}});
        if (!transformed)
            return tl::unexpected(transformed.error());
        value = *transformed;
    }
    if (isNothing(value) && !property.fallback.isUndefined())
        value = property.fallback;
    if (!property.target.put(target, isNothing(value) ? QJsonValue::Null : value))
        return trouble(SyncTrouble::Failure,
                       ReconcileText::tr("Nothing can be put at %1: what it is part of is neither "
                                         "an object nor a list.")
                           .arg(property.targetText));
    return {};
}

QJsonArray attributesOf(const QJsonValue &assignment)
{
    return assignment.toObject()["attributes"_L1].toArray();
}

QJsonArray without(const QJsonArray &list, const QJsonValue &removed)
{
    const QJsonArray gone = removed.isArray() ? removed.toArray() : QJsonArray {removed};
    QJsonArray kept;
    for (const QJsonValue &item : list) {
        if (!gone.contains(item))
            kept.append(item);
    }
    return kept;
}

QJsonArray merged(const QJsonArray &list, const QJsonValue &added)
{
    QJsonArray all = list;
    const QJsonArray items = added.isArray() ? added.toArray() : QJsonArray {added};
    for (const QJsonValue &item : items) {
        if (!all.contains(item))
            all.append(item);
    }
    return all;
}

void unassign(const QJsonObject &attribute, QJsonObject &target)
{
    const QString operation = attribute["unassignmentOperation"_L1].toString(u"removeFromTarget"_s);
    if (operation != "removeFromTarget"_L1)
        return;
    const QString name = attribute["name"_L1].toString();
    const QJsonValue value = target.value(name);
    if (value.isArray())
        target.insert(name, without(value.toArray(), attribute["value"_L1]));
    else if (!value.isUndefined() && value == attribute["value"_L1])
        target.insert(name, QJsonValue::Null);
}

void assign(const QJsonObject &attribute, QJsonObject &target)
{
    const QString operation = attribute["assignmentOperation"_L1].toString(u"mergeWithTarget"_s);
    const QString name = attribute["name"_L1].toString();
    const QJsonValue before = target.value(name);
    if (operation == "mergeWithTarget"_L1 && before.isArray())
        target.insert(name, merged(before.toArray(), attribute["value"_L1]));
    else if (operation == "mergeWithTarget"_L1 || operation == "replaceTarget"_L1)
        target.insert(name, attribute["value"_L1]);
}

void applyAssignments(const SyncMapping &mapping, const QJsonObject &source, QJsonObject &target)
{
    const QJsonArray now = assignmentsOf(mapping, source);
    const QJsonArray before = assignmentsBefore(mapping, source);
    for (const QJsonValue &assignment : before) {
        if (now.contains(assignment))
            continue;
        const QJsonArray attributes = attributesOf(assignment);
        for (const QJsonValue &attribute : attributes)
            unassign(attribute.toObject(), target);
    }
    for (const QJsonValue &assignment : now) {
        const QJsonArray attributes = attributesOf(assignment);
        for (const QJsonValue &attribute : attributes)
            assign(attribute.toObject(), target);
    }
}

} // namespace

QJsonArray assignmentsOf(const SyncMapping &mapping, const QJsonObject &source)
{
    QJsonArray own;
    const QJsonArray all = source["effectiveAssignments"_L1].toArray();
    for (const QJsonValue &assignment : all) {
        if (assignment.toObject()["mapping"_L1].toString() == mapping.name)
            own.append(assignment);
    }
    return own;
}

QJsonArray assignmentsBefore(const SyncMapping &mapping, const QJsonObject &source)
{
    const QJsonObject lastSync = source["lastSync"_L1].toObject();
    return lastSync.value(mapping.name).toObject()["effectiveAssignments"_L1].toArray();
}

Step applyProperties(SyncRun &run, const QString &qualifier, const QJsonObject &source,
                     const QJsonValue &oldTarget, QJsonObject &target)
{
    for (const MappedProperty &property : run.mapping.properties) {
        const Step step = applyProperty(run, property, qualifier, source, oldTarget, target);
        if (!step)
            return step;
    }
    applyAssignments(run.mapping, source, target);
    return {};
}

} // namespace hubkeeper
