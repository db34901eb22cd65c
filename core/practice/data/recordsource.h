// SPDX-License-Identifier: MIT
#pragma once

#include "practice/data/record.h"

namespace hubkeeper::practice {

/// A property the generator knows how to fill; None for all others.
enum class Field : quint8 {
    None,
    // system, both types
    ObjectId,
    CreateDate,
    LastModified,
    // contacts
    Email,
    FirstName,
    LastName,
    Salutation,
    JobTitle,
    Mobile,
    CompanyText,
    EmailDomain,
    AdditionalEmails,
    Language,
    BuyingRole,
    Message,
    DateOfBirth,
    // companies
    Name,
    Domain,
    Industry,
    CompanyType,
    Description,
    Employees,
    Founded,
    IsPublic,
    // both
    Phone,
    Address,
    City,
    Country,
    Zip,
    Website,
    Stage,
    LeadStatus,
    Owner,
    Revenue,
    CloseDate,
};

/// Makes the records of a type from a seed: any property of any record at any time, without
/// storing one. Index 0 to live-1 are live, then come the archived ones. Thread-safe: it holds
/// only numbers.
///
/// Addresses carry the index ("zoe.keller.17@example.com"), so that a record is found by its
/// address without an index in memory.
class RecordSource
{
public:
    struct Shape
    {
        ObjectType type = ObjectType::Contact;
        quint32 seed = 1;
        int live = 0;
        qint64 firstId = 1;
        int companies = 0; ///< Live companies, for associations; contacts only.
        qint64 firstCompanyId = 1;
    };

    explicit RecordSource(const Shape &shape)
        : m_shape(shape)
    {
    }

    [[nodiscard]] ObjectType type() const { return m_shape.type; }
    [[nodiscard]] int live() const { return m_shape.live; }
    [[nodiscard]] int size() const { return m_shape.live + archivedCount(); }
    [[nodiscard]] qint64 idOf(int index) const { return m_shape.firstId + index; }
    [[nodiscard]] qint64 endId() const { return m_shape.firstId + size(); }

    /// The index of a generated record's id; nothing for other ids.
    [[nodiscard]] std::optional<int> indexOf(qint64 id) const;

    [[nodiscard]] bool isArchived(int index) const { return index >= m_shape.live; }

    /// Empty when the record has no value. ObjectId, CreateDate and LastModified are given too.
    [[nodiscard]] QString value(int index, Field field) const;
    [[nodiscard]] EpochMs created(int index) const;
    [[nodiscard]] EpochMs updated(int index) const;

    /// The whole record. `values` holds what is neither a system nor a computed property.
    [[nodiscard]] Record record(int index) const;

    /// The live record with this address, main or additional; any case.
    [[nodiscard]] std::optional<int> indexOfEmail(const QString &address, bool additionalToo) const;

    /// Ids of the companies a contact is associated with, the primary first.
    [[nodiscard]] QList<qint64> companiesOf(int contact) const;

    /// Of contacts: the indexes associated with the company of that index, ascending.
    [[nodiscard]] QList<int> contactsOf(int company) const;

    /// The generator's field for a property name of this type.
    [[nodiscard]] static Field fieldNamed(ObjectType type, const QString &property);

private:
    [[nodiscard]] int archivedCount() const { return (m_shape.live + 99) / 100; }
    [[nodiscard]] quint64 draw(int index, Field field) const;
    [[nodiscard]] QString contactValue(int index, Field field, quint64 dice) const;
    [[nodiscard]] QString companyValue(int index, Field field, quint64 dice) const;
    [[nodiscard]] QString sharedValue(int index, Field field, quint64 dice) const;
    [[nodiscard]] QString email(int index) const;
    [[nodiscard]] QString additionalEmail(int index) const;
    [[nodiscard]] QString domain(int index) const;

    Shape m_shape;
};

} // namespace hubkeeper::practice
