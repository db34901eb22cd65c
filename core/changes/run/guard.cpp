// SPDX-License-Identifier: MIT
#include "changes/run/plan.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

Error refused(const QString &what, const QString &remedy)
{
    return fail(ErrorKind::Refused, what, remedy).value();
}

std::optional<Error> refusalOfMode(WriteMode mode, const RunOptions &options)
{
    switch (mode) {
    case WriteMode::ReadOnly:
        return refused(u"The connection is read-only."_s,
                       u"Choose another write mode for it to apply changes."_s);
    case WriteMode::ReviewRequired:
        if (!options.reviewed)
            return refused(u"The connection asks for a review of the changes first."_s,
                           u"Review them, then apply."_s);
        break;
    case WriteMode::Confirm:
        if (!options.confirmed && !options.reviewed)
            return refused(u"The connection asks for a confirmation first."_s,
                           u"Confirm that the changes shall be applied."_s);
        break;
    case WriteMode::Free:
        break;
    }
    return {};
}

std::optional<Error> refusalOfArchives(int archives, const WritePolicy &policy)
{
    if (archives > 0 && !policy.archiveAllowed)
        return refused(u"The connection does not allow archiving records."_s,
                       u"Take the archived rows out, or allow it in the connection."_s);
    if (policy.mostArchives > 0 && archives > policy.mostArchives)
        return refused(
            u"The run would archive %1 records; the connection allows %2."_s.arg(archives).arg(
                policy.mostArchives),
            u"Apply fewer rows at once, or raise the limit of the connection."_s);
    return {};
}

QString codeOf(const PropertyDefinition &property)
{
    if (property.readOnlyValue || property.calculated)
        return u"READ_ONLY_VALUE"_s;
    if (property.type == "enumeration"_L1)
        return u"INVALID_OPTION"_s;
    if (property.type == "number"_L1)
        return u"INVALID_NUMBER"_s;
    if (property.type == "bool"_L1)
        return u"INVALID_BOOLEAN"_s;
    if (property.type == "date"_L1 || property.type == "datetime"_L1)
        return u"INVALID_DATE"_s;
    return property.name == "email"_L1 ? u"INVALID_EMAIL"_s : u"INVALID_VALUE"_s;
}

/// HubSpot takes a contact without e-mail and names as an error, and makes a blank company
/// without complaint (hubspot-api 4.5).
std::optional<FieldFault> faultOfEmptyCreate(const RowChange &row)
{
    const bool isContact = row.type == ObjectType::Contacts;
    const QStringList keys = isContact ? QStringList {u"email"_s, u"firstname"_s, u"lastname"_s}
                                       : QStringList {u"domain"_s, u"name"_s};
    for (const QString &key : keys) {
        if (!row.cells.value(key).after.isEmpty())
            return {};
    }
    return FieldFault {keys.last(), u"MISSING_REQUIRED_PROPERTY"_s,
                       isContact ? u"A contact needs an e-mail address or a name."_s
                                 : u"A company needs a name or a domain."_s};
}

} // namespace

bool isToBeSent(const RowChange &row)
{
    return row.state != RowState::Applied && row.state != RowState::Sending;
}

std::vector<RowChange> rowsToSend(const std::vector<RowChange> &rows, const RunOptions &options)
{
    std::vector<RowChange> chosen;
    for (const RowChange &row : rows) {
        if (options.firstRows > 0 && chosen.size() >= size_t(options.firstRows))
            break;
        if (isToBeSent(row))
            chosen.push_back(row);
    }
    return chosen;
}

std::optional<Error> refusalOf(const std::vector<RowChange> &rows, const WritePolicy &policy,
                               const RunOptions &options)
{
    const std::vector<RowChange> sent = rowsToSend(rows, options);
    if (auto refusal = refusalOfMode(policy.mode, options))
        return refusal;
    if (sent.empty())
        return refused(u"There is nothing to apply."_s, u"Edit a record first."_s);
    if (policy.mostRows > 0 && sent.size() > size_t(policy.mostRows))
        return refused(
            u"The run would write %1 records; the connection allows %2."_s.arg(sent.size())
                .arg(policy.mostRows),
            u"Apply fewer rows at once, or raise the limit of the connection."_s);
    int archives = 0;
    for (const RowChange &row : sent) {
        archives += row.kind == ChangeKind::Archive ? 1 : 0;
        for (auto cell = row.cells.cbegin(); cell != row.cells.cend(); ++cell) {
            if (policy.protectedProperties.contains(cell.key(), Qt::CaseInsensitive))
                return refused(u"The property %1 is protected in this connection (row %2)."_s.arg(
                                   cell.key(), row.label),
                               u"Take the change of it back."_s);
        }
    }
    return refusalOfArchives(archives, policy);
}

QList<FieldFault> faultsOf(const RowChange &row, const QList<PropertyDefinition> &definitions)
{
    QList<FieldFault> faults;
    if (definitions.isEmpty() || row.kind == ChangeKind::Archive)
        return faults;
    for (auto cell = row.cells.cbegin(); cell != row.cells.cend(); ++cell) {
        const auto property =
            std::find_if(definitions.begin(), definitions.end(),
                         [&](const PropertyDefinition &p) { return p.name == cell.key(); });
        if (property == definitions.end()) {
            faults.append({cell.key(), u"PROPERTY_DOESNT_EXIST"_s,
                           u"The portal has no property %1."_s.arg(cell.key())});
            continue;
        }
        if (const QString reason = refusalOf(*property, cell->after); !reason.isEmpty())
            faults.append({cell.key(), codeOf(*property), reason});
    }
    if (row.kind == ChangeKind::Create) {
        if (auto fault = faultOfEmptyCreate(row))
            faults.append(*std::move(fault));
    }
    return faults;
}

} // namespace hubkeeper
