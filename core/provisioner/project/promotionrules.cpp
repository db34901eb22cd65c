// SPDX-License-Identifier: MIT
#include "provisioner/project/promotionrules.h"

#include "provisioner/provisionertext.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

bool isPointer(const QString &text)
{
    return text.startsWith(u'/');
}

QStringList stepsOf(const QString &pointer)
{
    QStringList steps = pointer.mid(1).split(u'/');
    for (QString &step : steps)
        step.replace(u"~1"_s, u"/"_s).replace(u"~0"_s, u"~"_s);
    return steps;
}

/// Undefined where there is nothing.
QJsonValue valueAt(const QJsonValue &value, const QStringList &steps)
{
    QJsonValue found = value;
    for (const QString &step : steps) {
        bool isNumber = false;
        const int index = step.toInt(&isNumber);
        if (found.isArray())
            found = isNumber ? found.toArray().at(index) : QJsonValue(QJsonValue::Undefined);
        else
            found = found[step];
    }
    return found;
}

/// With another value in a place; undefined takes it away. Objects on the way are made.
QJsonValue withValue(const QJsonValue &value, const QStringList &steps, const QJsonValue &wanted)
{
    if (steps.isEmpty())
        return wanted;
    if (value.isArray()) {
        QJsonArray array = value.toArray();
        bool isNumber = false;
        const int index = steps.first().toInt(&isNumber);
        if (isNumber && index >= 0 && index < array.size())
            array[index] = withValue(array.at(index), steps.mid(1), wanted);
        return array;
    }
    QJsonObject object = value.toObject();
    const QJsonValue below = withValue(object.value(steps.first()), steps.mid(1), wanted);
    if (below.isUndefined())
        object.remove(steps.first());
    else
        object.insert(steps.first(), below);
    return object;
}

tl::unexpected<Error> refused(const QString &what)
{
    return fail(ErrorKind::InvalidInput, what);
}

Result<QStringList> keptFrom(const QJsonValue &keep)
{
    QStringList places;
    if (!keep.isUndefined() && !keep.isArray())
        return refused(ProvisionerText::tr("\"%1\" is not a list.").arg(u"promote/keep"_s));
    const QJsonArray list = keep.toArray();
    for (const QJsonValue &place : list) {
        if (!isPointer(place.toString()))
            return refused(ProvisionerText::tr("\"%1\" is not a JSON pointer: it begins with a "
                                               "slash.")
                               .arg(place.toString()));
        places.append(place.toString());
    }
    return places;
}

} // namespace

Result<PromotionRules> promotionRulesFrom(const QJsonValue &value)
{
    if (!value.isObject())
        return refused(ProvisionerText::tr("\"%1\" is not an object.").arg(u"promote"_s));
    const QStringList members = value.toObject().keys();
    for (const QString &member : members) {
        if (member != "keep"_L1 && member != "values"_L1)
            return refused(ProvisionerText::tr("\"%1\" is not known.").arg(u"promote/"_s + member));
    }
    PromotionRules rules;
    const auto kept = keptFrom(value["keep"_L1]);
    if (!kept)
        return tl::unexpected(kept.error());
    rules.keep = *kept;
    const QJsonObject servers = value["values"_L1].toObject();
    if (!value["values"_L1].isUndefined() && !value["values"_L1].isObject())
        return refused(ProvisionerText::tr("\"%1\" is not an object.").arg(u"promote/values"_s));
    for (auto server = servers.begin(); server != servers.end(); ++server) {
        const QJsonObject places = server.value().toObject();
        if (!server.value().isObject())
            return refused(ProvisionerText::tr("\"%1\" is not an object.").arg(server.key()));
        const QStringList pointers = places.keys();
        for (const QString &pointer : pointers) {
            if (!isPointer(pointer))
                return refused(ProvisionerText::tr("\"%1\" is not a JSON pointer: it begins with a "
                                                   "slash.")
                                   .arg(pointer));
        }
        rules.values.insert(server.key(), places);
    }
    return rules;
}

PromotedObject promoted(const QJsonObject &source, const std::optional<QJsonObject> &target,
                        const PromotionRules &rules, const QString &label,
                        const QJsonObject &leftOut)
{
    PromotedObject made;
    QJsonValue value = source;
    const QJsonObject given = rules.values.value(label);
    const auto isHere = [&](const QStringList &steps) {
        return !valueAt(source, steps).isUndefined() || !valueAt(leftOut, steps).isUndefined()
            || (target && !valueAt(*target, steps).isUndefined());
    };
    for (const QString &pointer : rules.keep) {
        const QStringList steps = stepsOf(pointer);
        if (given.contains(pointer))
            continue;
        if (!isHere(steps)) {
            made.skipped.append(pointer);
            continue;
        }
        if (!target) {
            made.missing.append(pointer);
            continue;
        }
        value = withValue(value, steps, valueAt(*target, steps));
        made.kept.append(pointer);
    }
    for (auto place = given.begin(); place != given.end(); ++place) {
        const QStringList steps = stepsOf(place.key());
        if (!isHere(steps)) {
            made.skipped.append(place.key());
            continue;
        }
        value = withValue(value, steps, place.value());
        made.given.append(place.key());
    }
    made.value = value.toObject();
    return made;
}

} // namespace hubkeeper
