// SPDX-License-Identifier: MIT
#include "changes/run/writeguard.h"

#include "changes/changestext.h"
#include "changes/run/mergeplan.h"
#include "changes/set/associationcells.h"
#include "changes/set/signedchanges.h"
#include "policy/account.h"
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

/// Whether the policy file, and not the connection, sets the value that counts.
template <typename T>
bool isForced(const std::optional<Ruled<T>> &limit, const T &value)
{
    return limit && limit->value == value;
}

Error refusedByPolicy(const QString &what, const RulePlace &place, const WritePolicy &policy)
{
    return hubkeeper::refusedBy(what, place, policy.limits.contact);
}

/// What no write mode and no limit changes. `isSending`: which portal it is has to be known by now.
std::optional<Error> refusalOfPortal(const WritePolicy &policy, bool isSending)
{
    if (policy.limits.notAllowed)
        return refusedByPolicy(
            ChangesText::tr("%1 does not allow changes of this portal").arg(policy.limits.file),
            *policy.limits.notAllowed, policy);
    if (policy.limits.unclear && isSending)
        return refusedByPolicy(
            ChangesText::tr("Which portal this is is not known, and %1 has rules for "
                            "certain portals")
                .arg(policy.limits.file),
            *policy.limits.unclear, policy);
    return {};
}

std::optional<Error> refusalOfProtected(const std::vector<GuardedWrite> &writes,
                                        const WritePolicy &policy)
{
    for (const GuardedWrite &write : writes) {
        for (const QString &name : write.properties) {
            for (const Ruled<QString> &rule : policy.limits.protectedProperties) {
                if (rule.value.compare(name, Qt::CaseInsensitive) == 0)
                    //: %1 is the policy file, %2 a property, %3 a record.
                    return refusedByPolicy(ChangesText::tr("%1 protects the property %2 (%3)")
                                               .arg(policy.limits.file, name, write.label),
                                           rule.place, policy);
            }
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
    if (archives > 0 && policy.limits.noArchiving)
        return refusedByPolicy(
            ChangesText::tr("%1 does not allow archiving records").arg(policy.limits.file),
            *policy.limits.noArchiving, policy);
    if (archives > 0 && !policy.archiveAllowed)
        return refused(
            ChangesText::tr("The connection does not allow archiving records."),
            ChangesText::tr("Take the archived rows out, or allow it in the connection."));
    if (policy.mostArchives > 0 && archives > policy.mostArchives
        && isForced(policy.limits.mostArchives, policy.mostArchives))
        //: %1 is the policy file.
        return refusedByPolicy(
            ChangesText::tr("The run would archive %2 records; %1 allows %3")
                .arg(policy.limits.file, english(archives), english(policy.mostArchives)),
            policy.limits.mostArchives->place, policy);
    if (policy.mostArchives > 0 && archives > policy.mostArchives)
        return refused(
            ChangesText::tr("The run would archive %1 records; the connection allows %2.")
                .arg(english(archives), english(policy.mostArchives)),
            ChangesText::tr("Apply fewer rows at once, or raise the limit of the connection."));
    return {};
}

std::optional<Error> refusalOfUnlinks(qint64 unlinks, const WritePolicy &policy)
{
    if (policy.mostArchives > 0 && unlinks > policy.mostArchives
        && isForced(policy.limits.mostArchives, policy.mostArchives))
        //: %1 is the policy file.
        return refusedByPolicy(
            ChangesText::tr("The run would remove %2 associations; %1 allows %3")
                .arg(policy.limits.file, english(unlinks), english(policy.mostArchives)),
            policy.limits.mostArchives->place, policy);
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

std::vector<GuardedWrite> guardedWrites(const std::vector<RowChange> &rows,
                                        const SignedChanges *signedAs)
{
    std::vector<GuardedWrite> writes;
    writes.reserve(rows.size());
    for (const RowChange &row : rows) {
        const bool isSigned = signedAs && signedAs->contains(row);
        if (row.subject == RowSubject::Association)
            writes.push_back(
                {row.kind, std::nullopt, row.label, {associationCell}, true, isSigned});
        else if (row.subject == RowSubject::Merge) // A record goes, and does not come back.
            writes.push_back(
                {ChangeKind::Archive, row.type, row.label, row.cells.keys(), false, isSigned});
        else
            writes.push_back({row.kind, row.type, row.label,
                              row.kind == ChangeKind::Archive ? QStringList() : row.cells.keys(),
                              false, isSigned});
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
            const bool isMerge = slot.subject == RowSubject::Merge;
            writes.push_back({isMerge ? ChangeKind::Archive : slot.kind,
                              isLink ? std::nullopt : std::optional(slot.type),
                              {},
                              {},
                              isLink,
                              false});
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

WritePolicy limited(WritePolicy own, const PortalLimits &limits)
{
    const auto tighten = [](int &value, const std::optional<Ruled<int>> &limit) {
        if (limit && (value == 0 || limit->value < value))
            value = limit->value;
    };
    if (limits.mode)
        own.mode = std::min(own.mode, limits.mode->value);
    tighten(own.mostRows, limits.mostRows);
    tighten(own.mostArchives, limits.mostArchives);
    tighten(own.mostPercent, limits.mostPercent);
    own.archiveAllowed = own.archiveAllowed && !limits.noArchiving;
    for (const Ruled<QString> &name : limits.protectedProperties) {
        if (!own.protectedProperties.contains(name.value, Qt::CaseInsensitive))
            own.protectedProperties.append(name.value);
    }
    own.limits = limits;
    return own;
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
    return refusalOf(writes, false);
}

std::optional<Error> WriteGuard::refusalOf(const std::vector<GuardedWrite> &writes,
                                           bool isSending) const
{
    const auto held = m_policy();
    if (!held)
        return held.error();
    const WritePolicy &policy = *held;
    if (auto refusal = refusalOfPortal(policy, isSending))
        return refusal;
    if (auto refusal = refusalOfMode(policy))
        return refusal;
    if (auto refusal = refusalOfSignatures(writes, policy, isSending))
        return refusal;
    Sent sent = m_sent;
    for (const GuardedWrite &write : writes)
        sent.add(write);
    if (policy.mostRows > 0 && sent.rows > policy.mostRows
        && isForced(policy.limits.mostRows, policy.mostRows))
        //: %1 is the policy file.
        return refusedByPolicy(
            ChangesText::tr("The run would write %2 records; %1 allows %3")
                .arg(policy.limits.file, english(sent.rows), english(policy.mostRows)),
            policy.limits.mostRows->place, policy);
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
    return policy.mostPercent > 0 ? refusalOfShare(sent, policy) : std::nullopt;
}

std::optional<Error> WriteGuard::admit(const std::vector<GuardedWrite> &writes)
{
    if (auto refusal = refusalOf(writes, true))
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

std::optional<Error> WriteGuard::refusalOfMode(const WritePolicy &policy) const
{
    switch (policy.mode) {
    case WriteMode::ReadOnly:
        if (isForced(policy.limits.mode, policy.mode))
            return refusedByPolicy(
                ChangesText::tr("%1 makes the connection read-only").arg(policy.limits.file),
                policy.limits.mode->place, policy);
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

/// The signatures are looked at each time, by the keys that the policy file names at that moment.
std::optional<Error> WriteGuard::refusalOfSignatures(const std::vector<GuardedWrite> &writes,
                                                     const WritePolicy &policy,
                                                     bool isSending) const
{
    const auto &needed = policy.limits.signatures;
    if (!needed || !m_consent.asks)
        return {};
    const auto refuse = [&](const QString &why) {
        //: %1 is the policy file, %2 a number, %3 a phrase that says what is wrong.
        Error error =
            refusedByPolicy(ChangesText::tr("%1 demands that changes are signed (signatures: "
                                            "%2): %3")
                                .arg(policy.limits.file, QString::number(needed->value), why),
                            needed->place, policy);
        error.remedy = m_consent.canBeReviewed
            ? ChangesText::tr("Save the change set, have it signed by somebody else, and open it "
                              "again.")
            : ChangesText::tr("Run the script dry, save what it staged as a change set, and have "
                              "it signed by somebody else.");
        return error;
    };
    const bool isOther = std::any_of(writes.begin(), writes.end(),
                                     [](const auto &w) { return !w.records && !w.isAssociation; });
    if (!m_consent.canBeReviewed || isOther)
        return refuse(ChangesText::tr("what is written one by one cannot be signed"));
    if (!m_signedAs)
        return refuse(ChangesText::tr("these do not come from a signed file"));
    if (policy.limits.portal != 0 && m_signedAs->portalId != policy.limits.portal)
        return refuse(
            ChangesText::tr("these were signed for the portal %1").arg(m_signedAs->portalId));
    const auto signatures = judged(m_signedAs->signatures, m_signedAs->digest(), m_signedAs->author,
                                   accountName(), policy.limits.trustedKeys);
    if (countOf(signatures) < needed->value) {
        QStringList reasons;
        for (const JudgedSignature &one : signatures)
            reasons.append(sentenceOf(one));
        if (reasons.isEmpty())
            reasons.append(ChangesText::tr("nobody has signed them"));
        return refuse(reasons.join(u' '));
    }
    if (!isSending)
        return {};
    for (const GuardedWrite &write : writes) {
        if (!write.isSigned)
            return refuse(ChangesText::tr("%1 is not as it was signed").arg(write.label));
    }
    return {};
}

/// A check that cannot be made is never reported as passed (DESIGN 7).
std::optional<Error> WriteGuard::refusalOfShare(const Sent &sent, const WritePolicy &policy) const
{
    const int mostPercent = policy.mostPercent;
    for (auto type = sent.records.cbegin(); type != sent.records.cend(); ++type) {
        const qint64 total = m_totals.value(type.key(), -1);
        if (total < 0)
            return refused(
                ChangesText::tr(
                    "How many %1 the portal has is not known, so the share of them that "
                    "the run would write cannot be checked.")
                    .arg(nameOf(type.key())),
                ChangesText::tr("Apply again, or take the limit out of the connection."));
        if (*type * 100 > total * mostPercent && isForced(policy.limits.mostPercent, mostPercent))
            //: %1 is the policy file.
            return refusedByPolicy(
                ChangesText::tr("The run would write %2 of %3 %4; %1 allows %5 %")
                    .arg(policy.limits.file, QString::number(*type), QString::number(total),
                         nameOf(type.key()), QString::number(mostPercent)),
                policy.limits.mostPercent->place, policy);
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
        if (isAddressesOfRevert(row, cell.key()))
            continue;
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
