// SPDX-License-Identifier: MIT
#include "changes/run/writeguard.h"

#include "changes/changestext.h"
#include "changes/set/associationcells.h"
#include "portal/batch.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QString english(qint64 number)
{
    return QLocale(QLocale::English).toString(number);
}

Error refused(const QString &what, const QString &remedy)
{
    return fail(ErrorKind::Refused, what, remedy).value();
}

std::optional<Error> refusalOfProtected(const std::vector<GuardedWrite> &writes,
                                        const WritePolicy &policy)
{
    for (const GuardedWrite &write : writes) {
        for (const QString &name : write.properties) {
            if (policy.protectedProperties.contains(name, Qt::CaseInsensitive))
                return refused(
                    ChangesText::tr("The property %1 is protected in this connection (%2).")
                        .arg(name, write.label),
                    ChangesText::tr("Take the change of it back."));
        }
    }
    return {};
}

std::optional<Error> refusalOfArchives(qint64 archives, const WritePolicy &policy)
{
    if (archives > 0 && !policy.archiveAllowed)
        return refused(
            ChangesText::tr("The connection does not allow archiving records."),
            ChangesText::tr("Take the archived rows out, or allow it in the connection."));
    if (policy.mostArchives > 0 && archives > policy.mostArchives)
        return refused(
            ChangesText::tr("The run would archive %1 records; the connection allows %2.")
                .arg(english(archives), english(policy.mostArchives)),
            ChangesText::tr("Apply fewer rows at once, or raise the limit of the connection."));
    return {};
}

std::optional<Error> refusalOfUnlinks(qint64 unlinks, const WritePolicy &policy)
{
    if (policy.mostArchives > 0 && unlinks > policy.mostArchives)
        return refused(
            ChangesText::tr("The run would remove %1 associations; the connection allows %2.")
                .arg(english(unlinks), english(policy.mostArchives)),
            ChangesText::tr("Apply fewer rows at once, or raise the limit of the connection."));
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
                       isContact ? ChangesText::tr("A contact needs an e-mail address or a name.")
                                 : ChangesText::tr("A company needs a name or a domain.")};
}

} // namespace

std::vector<GuardedWrite> guardedWrites(const std::vector<RowChange> &rows)
{
    std::vector<GuardedWrite> writes;
    writes.reserve(rows.size());
    for (const RowChange &row : rows) {
        if (row.subject == RowSubject::Association)
            writes.push_back({row.kind, std::nullopt, row.label, {associationCell}, true});
        else
            writes.push_back({row.kind, row.type, row.label,
                              row.kind == ChangeKind::Archive ? QStringList() : row.cells.keys()});
    }
    return writes;
}

std::vector<GuardedWrite> guardedWrites(const ChangeSet &changes, const std::vector<qint64> &rows,
                                        const WritePolicy &policy)
{
    const QStringList &names = policy.protectedProperties;
    const bool mayBeProtected = std::any_of(
        names.begin(), names.end(), [&](const QString &name) { return changes.uses(name) > 0; });
    std::vector<GuardedWrite> writes;
    writes.reserve(rows.size());
    if (!mayBeProtected) {
        changes.index().forEach([&](const RowIndex::Slot &slot) {
            if (!std::binary_search(rows.begin(), rows.end(), slot.sequence))
                return true;
            const bool isLink = slot.subject == RowSubject::Association;
            writes.push_back(
                {slot.kind, isLink ? std::nullopt : std::optional(slot.type), {}, {}, isLink});
            return true;
        });
        return writes;
    }
    for (size_t begin = 0; begin < rows.size(); begin += mostBatchInputs) {
        const auto first = rows.begin() + qsizetype(begin);
        const auto end = rows.begin() + qsizetype(std::min(begin + mostBatchInputs, rows.size()));
        for (GuardedWrite &write : guardedWrites(changes.rowsOf(std::vector<qint64>(first, end))))
            writes.push_back(std::move(write));
    }
    return writes;
}

WriteGuard::WriteGuard(PolicySource policy, const WriteConsent &consent)
    : m_policy(std::move(policy))
    , m_consent(consent)
{
}

bool WriteGuard::needsTotals() const
{
    const auto policy = m_policy();
    return policy && policy->mostPercent > 0;
}

void WriteGuard::setTotal(ObjectType type, qint64 records)
{
    m_totals.insert(type, records);
}

std::optional<Error> WriteGuard::refusalOf(const std::vector<GuardedWrite> &writes) const
{
    const auto held = m_policy();
    if (!held)
        return held.error();
    const WritePolicy &policy = *held;
    if (auto refusal = refusalOfMode(policy.mode))
        return refusal;
    Sent sent = m_sent;
    for (const GuardedWrite &write : writes)
        sent.add(write);
    if (policy.mostRows > 0 && sent.rows > policy.mostRows)
        return refused(
            ChangesText::tr("The run would write %1 records; the connection allows %2.")
                .arg(english(sent.rows), english(policy.mostRows)),
            ChangesText::tr("Apply fewer rows at once, or raise the limit of the connection."));
    if (auto refusal = refusalOfProtected(writes, policy))
        return refusal;
    if (auto refusal = refusalOfArchives(sent.archives, policy))
        return refusal;
    if (auto refusal = refusalOfUnlinks(sent.unlinks, policy))
        return refusal;
    return policy.mostPercent > 0 ? refusalOfShare(sent, policy.mostPercent) : std::nullopt;
}

std::optional<Error> WriteGuard::admit(const std::vector<GuardedWrite> &writes)
{
    if (auto refusal = refusalOf(writes))
        return refusal;
    for (const GuardedWrite &write : writes)
        m_sent.add(write);
    return {};
}

void WriteGuard::Sent::add(const GuardedWrite &write)
{
    ++rows;
    const bool removes = write.kind == ChangeKind::Archive;
    archives += removes && !write.isAssociation ? 1 : 0;
    unlinks += removes && write.isAssociation ? 1 : 0;
    if (write.records)
        ++records[*write.records];
}

std::optional<Error> WriteGuard::refusalOfMode(WriteMode mode) const
{
    switch (mode) {
    case WriteMode::ReadOnly:
        return refused(ChangesText::tr("The connection is read-only."),
                       ChangesText::tr("Choose another write mode for it to apply changes."));
    case WriteMode::ReviewRequired:
        if (!m_consent.asks || (m_consent.reviewed && m_consent.canBeReviewed))
            break;
        return refused(
            ChangesText::tr("The connection asks for a review of the changes first."),
            m_consent.canBeReviewed
                ? ChangesText::tr("Review them, then apply.")
                : ChangesText::tr("Run the script dry, review what it staged, then apply."));
    case WriteMode::Confirm:
        if (m_consent.asks && !m_consent.confirmed && !m_consent.reviewed)
            return refused(ChangesText::tr("The connection asks for a confirmation first."),
                           ChangesText::tr("Confirm that the changes shall be applied."));
        break;
    case WriteMode::Free:
        break;
    }
    return {};
}

/// A check that cannot be made is never reported as passed (DESIGN 7).
std::optional<Error> WriteGuard::refusalOfShare(const Sent &sent, int mostPercent) const
{
    for (auto type = sent.records.cbegin(); type != sent.records.cend(); ++type) {
        const qint64 total = m_totals.value(type.key(), -1);
        if (total < 0)
            return refused(
                ChangesText::tr(
                    "How many %1 the portal has is not known, so the share of them that "
                    "the run would write cannot be checked.")
                    .arg(nameOf(type.key())),
                ChangesText::tr("Apply again, or take the limit out of the connection."));
        if (*type * 100 > total * mostPercent)
            return refused(
                ChangesText::tr("The run would write %1 of %2 %3; the connection allows %4 %.")
                    .arg(*type)
                    .arg(total)
                    .arg(nameOf(type.key()))
                    .arg(mostPercent),
                ChangesText::tr("Apply fewer rows at once, or raise the limit of the connection."));
    }
    return {};
}

QList<FieldFault> faultsOf(const RowChange &row, const QList<PropertyDefinition> &definitions)
{
    QList<FieldFault> faults;
    for (auto cell = row.cells.cbegin(); cell != row.cells.cend(); ++cell) {
        if (!cell->after.isValidUtf16())
            faults.append(
                {cell.key(), u"INVALID_VALUE"_s,
                 ChangesText::tr("%1 holds half a character (a lone surrogate).").arg(cell.key())});
    }
    if (definitions.isEmpty() || row.kind == ChangeKind::Archive)
        return faults;
    for (auto cell = row.cells.cbegin(); cell != row.cells.cend(); ++cell) {
        const auto property =
            std::find_if(definitions.begin(), definitions.end(),
                         [&](const PropertyDefinition &p) { return p.name == cell.key(); });
        if (property == definitions.end()) {
            faults.append({cell.key(), u"PROPERTY_DOESNT_EXIST"_s,
                           ChangesText::tr("The portal has no property %1.").arg(cell.key())});
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
