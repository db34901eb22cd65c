// SPDX-License-Identifier: MIT
#include "session/writing/definitionwrites.h"

#include "base/compactjson.h"
#include "connector/objectclass.h"
#include "session/writing/journaledwrite.h"
#include "session/writing/writetrace.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// The write as a row of a change set, which the guards of records know: its one cell is the
/// property.
RowChange guardedRow(const CollectedWrite &write)
{
    const QString name = write.uid.isEmpty() ? write.attributes["name"_L1].toString() : write.uid;
    RowChange row;
    row.kind = write.verb == CollectedWrite::Delete ? ChangeKind::Archive : ChangeKind::Update;
    row.id = name;
    row.label = u"%1 %2"_s.arg(write.objectClass, name);
    row.cells.insert(name, {});
    return row;
}

} // namespace

QString definitionText(const QJsonValue &value)
{
    return readableText(value);
}

std::optional<Error> refusalOfDefinition(const CollectedWrite &write, const WritePolicy &policy,
                                         const RunOptions &options)
{
    return refusalOf(std::vector<RowChange> {guardedRow(write)}, policy, options);
}

Call<ConnectorObject> *writeDefinition(Session &session, const CollectedWrite &write,
                                       const RunOptions &options,
                                       const std::function<void(const QString &)> &recorded,
                                       QObject *parent)
{
    if (const auto refusal = refusalOfDefinition(write, session.connection().policy, options))
        return new ReadyCall<ConnectorObject>(tl::unexpected(*refusal), parent);
    auto *trace = new WriteTrace(session.journal(), session.connection().label, options.note, {},
                                 recorded, nullptr);
    auto *call = new JournaledWrite(session, *trace, write, parent);
    trace->setParent(call);
    QObject::connect(call, &CallBase::finished, trace, &WriteTrace::end);
    return call;
}

} // namespace hubkeeper
