// SPDX-License-Identifier: MIT
#pragma once

#include "practice/data/record.h"

#include <map>

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

/// The records of a type that a portal starts with, by index: 0 to live()-1 are live, then come the
/// archived ones; ids ascend with the index. Any property of any record at any time; nothing is
/// kept for a record that is asked about. Belongs to the portal's thread.
class RecordSource
{
public:
    RecordSource() = default;
    virtual ~RecordSource() = default;
    Q_DISABLE_COPY_MOVE(RecordSource)

    [[nodiscard]] virtual ObjectType type() const = 0;
    [[nodiscard]] virtual int live() const = 0;
    [[nodiscard]] virtual int size() const = 0;
    [[nodiscard]] virtual qint64 idOf(int index) const = 0;
    /// Greater than every id.
    [[nodiscard]] virtual qint64 endId() const = 0;
    /// The index of an id; nothing for others.
    [[nodiscard]] virtual std::optional<int> indexOf(qint64 id) const = 0;
    /// The index of the first record with this id or a greater one; size() if there is none.
    [[nodiscard]] virtual int firstFrom(qint64 id) const = 0;
    [[nodiscard]] bool isArchived(int index) const { return index >= live(); }

    /// Empty when the record has no value. `field` is what fieldNamed() says of `property`.
    [[nodiscard]] virtual QString value(int index, const QString &property, Field field) const = 0;
    [[nodiscard]] virtual EpochMs created(int index) const = 0;
    [[nodiscard]] virtual EpochMs updated(int index) const = 0;
    /// The whole record. `values` holds what is neither a system nor a computed property.
    [[nodiscard]] virtual Record record(int index) const = 0;

    /// The live record with this value of a unique property, trimmed and in lower case; the e-mail
    /// address of contacts is one.
    [[nodiscard]] virtual std::optional<int> indexOfUnique(const QString &property,
                                                           const QString &folded) const = 0;
    /// The live contact with this address, main or additional, trimmed and in lower case.
    [[nodiscard]] virtual std::optional<int> indexOfAdditional(const QString &folded) const = 0;
};

/// The kinds of the links of a record, by the other record's id; ascending.
using LinksOfRecord = std::map<qint64, QList<int>>;

/// Who belonged to whom at the start.
class LinkSource
{
public:
    LinkSource() = default;
    virtual ~LinkSource() = default;
    Q_DISABLE_COPY_MOVE(LinkSource)

    /// None for an id that the sources do not have.
    [[nodiscard]] virtual LinksOfRecord links(ObjectType from, qint64 id, ObjectType to) const = 0;
};

/// The field that generated records have for a property name of this type.
[[nodiscard]] Field fieldNamed(ObjectType type, const QString &property);

} // namespace hubkeeper::practice
