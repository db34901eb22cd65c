// SPDX-License-Identifier: MIT
#pragma once

#include "practice/data/recordsource.h"

#include <QHash>

#include <map>
#include <memory>
#include <optional>

namespace hubkeeper::practice {

/// One kind of association seen from one side, with the id of the same kind from the other side
/// (hubspot-api 9.1).
struct LabelType
{
    ObjectType from = ObjectType::Contact;
    ObjectType to = ObjectType::Company;
    int typeId = 0;
    int inverseId = 0;
    QString category; ///< "HUBSPOT_DEFINED" or "USER_DEFINED"
    QString name; ///< Internal name of a custom one; else empty.
    QString label; ///< Empty for the unlabelled kind.
    bool unlabelled = false;
    bool primary = false;
};

/// One end of an association: the other record and the kinds that link it.
struct Link
{
    qint64 to = 0;
    QList<int> typeIds; ///< Ascending, never empty.
};

/// Who belongs to whom. Links are those of the source until one of their ends is written; then both
/// ends are stored.
class AssociationStore
{
public:
    explicit AssociationStore(std::shared_ptr<const LinkSource> source);

    /// Links of one record to all records of a type, by id.
    [[nodiscard]] QList<Link> links(ObjectType from, qint64 id, ObjectType to) const;

    /// Records of `from` whose links to `to` were written, by id; all others are the source's.
    [[nodiscard]] QList<qint64> writtenIds(ObjectType from, ObjectType to) const;

    /// Adds kinds to a link and makes it if there is none; the unlabelled kind always comes with
    /// it. A second primary company takes the place of the first. `replace` drops other kinds.
    void add(ObjectType from, qint64 id, ObjectType to, qint64 toId, QList<int> typeIds,
             bool firstBecomesPrimary, bool replace = false);

    /// Removes the whole link; false if there was none.
    bool remove(ObjectType from, qint64 id, ObjectType to, qint64 toId);

    /// Removes some kinds; without any left the link goes.
    void removeTypes(ObjectType from, qint64 id, ObjectType to, qint64 toId,
                     const QList<int> &typeIds);

    /// Removes every link of a record.
    void removeAll(ObjectType type, qint64 id);

    /// Gives every link of one record to another of the same type.
    void moveAll(ObjectType type, qint64 oldId, qint64 newId);

    /// The primary company of a contact.
    [[nodiscard]] std::optional<qint64> primaryCompany(qint64 contact) const;

    [[nodiscard]] const QList<LabelType> &labels() const { return m_labels; }
    [[nodiscard]] QList<LabelType> labels(ObjectType from, ObjectType to) const;
    [[nodiscard]] const LabelType *label(ObjectType from, ObjectType to, int typeId) const;
    [[nodiscard]] int unlabelledId(ObjectType from, ObjectType to) const;

    /// Makes a custom label in both directions; answers both.
    QList<LabelType> addLabel(ObjectType from, ObjectType to, const QString &name,
                              const QString &label, const QString &inverseLabel);
    /// A label as another portal has it, in both directions; one that is known already stays.
    void takeLabel(LabelType label);
    bool renameLabel(ObjectType from, ObjectType to, int typeId, const QString &label,
                     const QString &inverseLabel);
    /// Removes a custom label in both directions and from every link that has it.
    bool removeLabel(ObjectType from, ObjectType to, int typeId);

    /// Changes with every write.
    [[nodiscard]] quint64 revision() const { return m_revision; }

private:
    using End = std::pair<int, qint64>; // Two types packed, and the id.
    using Links = LinksOfRecord;

    [[nodiscard]] static End endOf(ObjectType from, qint64 id, ObjectType to);
    Links &stored(ObjectType from, qint64 id, ObjectType to);
    void set(ObjectType from, qint64 id, ObjectType to, qint64 toId, QList<int> typeIds);
    [[nodiscard]] int inverse(ObjectType from, ObjectType to, int typeId) const;

    std::shared_ptr<const LinkSource> m_source;
    std::map<End, Links> m_stored;
    QList<LabelType> m_labels;
    int m_nextLabel = 101;
    quint64 m_revision = 0;
};

} // namespace hubkeeper::practice
