// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/changeset.h"
#include "policy/policy.h"

#include <functional>

namespace hubkeeper {

/// Guards checked in core before anything is sent (DESIGN 7).
struct WritePolicy
{
    WriteMode mode = WriteMode::ReadOnly;
    int mostRows = 1000; ///< A run of more rows is refused; 0 means no limit.
    int mostArchives = 50; ///< Of records; and as many associations may be removed.
    /// Never written. `associations` among them protects the links between records.
    QStringList protectedProperties;
    bool archiveAllowed = true;
    /// A run that writes more than this percentage of the portal's contacts, or of its companies,
    /// is refused; 0 means no limit. Counts creates, too.
    int mostPercent = 0;
    /// What the administrator's policy file says of the portal. The members above hold it already
    /// (limited()); this names the file and the rule in what is refused.
    PortalLimits limits = {};
};

/// `own` under what the policy file says: the stricter of both counts. Pure.
[[nodiscard]] WritePolicy limited(WritePolicy own, const PortalLimits &limits);

/// What the user agreed to.
struct WriteConsent
{
    bool reviewed = false; ///< The review of exactly these writes was seen.
    bool confirmed = false; ///< The question was answered.
    bool canBeReviewed = true; ///< A script's writes cannot: nobody knows them beforehand.
    bool asks = true; ///< Off: nothing will be sent, so nobody needs to agree to it.
};

/// A write as the guard sees it.
struct GuardedWrite
{
    ChangeKind kind = ChangeKind::Update; ///< A merge counts as an archive of the second record.
    std::optional<ObjectType> records; ///< Nothing: a property definition, or an association.
    QString label;
    /// That get values; of a definition: the property itself; of an association, whatever becomes
    /// of it, "associations".
    QStringList properties;
    bool isAssociation = false;
    /// It is, as it is now, a row of the signed file (WriteGuard::setSignedAs()). Not looked at
    /// before the sending.
    bool isSigned = false;
};

/// `signedAs` may be null.
[[nodiscard]] std::vector<GuardedWrite> guardedWrites(const std::vector<RowChange> &rows,
                                                      const SignedChanges *signedAs = nullptr);
/// Rows of a change set, by sequence number. Reads them only where `policy` protects a property
/// that the set edits: without that, label and properties stay empty.
[[nodiscard]] std::vector<GuardedWrite>
guardedWrites(const ChangeSet &changes, const std::vector<qint64> &rows, const WritePolicy &policy);

/// The guard of one run: the write policy, what the user agreed to, and what the run has sent
/// (DESIGN 4.6, 7). The only place that knows what a policy forbids. It asks for the policy each
/// time, so that the one that holds at the moment of sending counts. Errors are of kind Refused.
class WriteGuard final
{
public:
    /// Fails where the policy cannot be read; nothing may be sent then.
    using PolicySource = std::function<Result<WritePolicy>()>;

    WriteGuard(PolicySource policy, const WriteConsent &consent);

    /// The policy of this moment.
    [[nodiscard]] Result<WritePolicy> policy() const { return m_policy(); }
    /// Whether totals are needed: setTotal() for every type of record that is written.
    [[nodiscard]] bool needsTotals() const;
    [[nodiscard]] bool knowsTotal(ObjectType type) const { return m_totals.contains(type); }
    /// What the change set was signed for, of which the policy file may demand something; null:
    /// nothing.
    void setSignedAs(std::shared_ptr<const SignedChanges> changes)
    {
        m_signedAs = std::move(changes);
    }
    [[nodiscard]] const SignedChanges *signedAs() const { return m_signedAs.get(); }
    /// How many records of the type the portal has.
    void setTotal(ObjectType type, qint64 records);

    /// Why these writes must not be sent after those before, or nothing. Besides Refused, why the
    /// policy could not be read.
    [[nodiscard]] std::optional<Error> refusalOf(const std::vector<GuardedWrite> &writes) const;
    /// The same at the point of sending; what is not refused counts as sent.
    [[nodiscard]] std::optional<Error> admit(const std::vector<GuardedWrite> &writes);

private:
    struct Sent
    {
        qint64 rows = 0;
        qint64 archives = 0;
        qint64 unlinks = 0; // Associations removed.
        QHash<ObjectType, qint64> records;

        void add(const GuardedWrite &write);
    };
    [[nodiscard]] std::optional<Error> refusalOf(const std::vector<GuardedWrite> &writes,
                                                 bool isSending) const;
    [[nodiscard]] std::optional<Error> refusalOfMode(const WritePolicy &policy) const;
    [[nodiscard]] std::optional<Error> refusalOfShare(const Sent &sent,
                                                      const WritePolicy &policy) const;

    [[nodiscard]] std::optional<Error> refusalOfSignatures(const std::vector<GuardedWrite> &writes,
                                                           const WritePolicy &policy,
                                                           bool isSending) const;

    PolicySource m_policy;
    WriteConsent m_consent;
    std::shared_ptr<const SignedChanges> m_signedAs;
    Sent m_sent;
    QHash<ObjectType, qint64> m_totals;
};

/// Checks of single cells before sending, by the property definitions: unknown and read-only
/// properties, options, numbers, booleans, dates; a create without any key. Texts that are not
/// Unicode (half of a surrogate pair) are refused whatever is known of the property; the rest needs
/// definitions.
[[nodiscard]] QList<FieldFault> faultsOf(const RowChange &row,
                                         const QList<PropertyDefinition> &definitions);

} // namespace hubkeeper
