// SPDX-License-Identifier: MIT
#include "repair/recipe/recipescript.h"

#include "repair/repairtext.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hubkeeper {

namespace {

constexpr auto scriptTime = 2'000ms; // For one value; the first one includes the process's start.
constexpr qint64 scriptMemory = 128 << 20;

RepairedRow scriptDoubt(const QString &reason)
{
    return {RepairedValue::Doubtful, {}, reason, {}};
}

std::optional<QString> textOf(const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    if (value.isBool())
        return value.toBool() ? u"true"_s : u"false"_s;
    if (value.isDouble())
        return QString::number(value.toDouble(), 'g', QLocale::FloatingPointShortest);
    return std::nullopt;
}

RepairedRow rowFrom(const QJsonValue &value, qsizetype outputs)
{
    if (value.isUndefined() || value.isNull())
        return {};
    if (value.isObject() && value.toObject().contains("doubtful"_L1))
        return scriptDoubt(value["doubtful"_L1].toString());
    const QJsonArray list = value.isArray() ? value.toArray() : QJsonArray {value};
    RepairedRow row;
    row.outcome = RepairedValue::Changed;
    for (const QJsonValue &entry : list) {
        const auto text = textOf(entry);
        if (!text)
            return scriptDoubt(RepairText::tr("The script's result is not a text."));
        row.values.append(*text);
    }
    return row.values.size() == outputs
        ? row
        : scriptDoubt(RepairText::tr("The script's result has another number of values."));
}

} // namespace

RecipeScript::RecipeScript(const Recipe &recipe, const RepairSettings &settings)
    : m_name(recipe.name)
    , m_text(recipe.script)
    , m_outputs(std::max<qsizetype>(1, recipe.to.size()))
    , m_globals {{u"language"_s, settings.language}, {u"country"_s, settings.country}}
    , m_session(
          [](const QString &, const QJsonArray &) {
              return QJsonObject {
                  {u"error"_s,
                   QJsonObject {{u"message"_s,
                                 RepairText::tr("Scripts of recipes see their values only.")}}}};
          },
          {scriptTime, scriptMemory}, ScriptSession::Values::Plain)
{
}

ScriptRepair RecipeScript::repaired(const QStringList &given)
{
    m_globals.insert(u"value"_s, given.value(0));
    m_globals.insert(u"values"_s, QJsonArray::fromStringList(given));
    const SessionReply reply = m_session.run(m_text, m_globals);
    ScriptRepair repair;
    switch (reply.kind) {
    case SessionReply::Value:
        repair.row = rowFrom(reply.value, m_outputs);
        break;
    case SessionReply::Threw:
    case SessionReply::Stopped:
        repair.row = scriptDoubt(reply.message);
        repair.isOverBounds = reply.kind == SessionReply::Stopped;
        break;
    case SessionReply::OnServer:
        repair.row = scriptDoubt(
            RepairText::tr("The script uses %1, which recipes do not have.").arg(reply.message));
        break;
    case SessionReply::NotCompiled:
        repair.fault =
            fail(ErrorKind::InvalidInput,
                 RepairText::tr("The script of %1 cannot be read: %2").arg(m_name, reply.message))
                .value();
        break;
    case SessionReply::NotRun:
        repair.fault = fail(ErrorKind::Storage, reply.message).value();
        break;
    }
    if (repair.fault)
        repair.row = scriptDoubt(repair.fault->what);
    return repair;
}

} // namespace hubkeeper
