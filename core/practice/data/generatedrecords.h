// SPDX-License-Identifier: MIT
#pragma once

#include "practice/data/recordsource.h"

#include <memory>

namespace hubkeeper::practice {

/// Makes the records of a type from a seed: any property of any record at any time, without
/// storing one. Index 0 to live-1 are live, then come the archived ones. Thread-safe: it holds
/// only numbers.
///
/// Addresses carry the index ("zoe.keller.17@example.com"), so that a record is found by its
/// address without an index in memory.
class GeneratedRecords final : public RecordSource
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

    explicit GeneratedRecords(const Shape &shape)
        : m_shape(shape)
    {
    }

    [[nodiscard]] ObjectType type() const override { return m_shape.type; }
    [[nodiscard]] int live() const override { return m_shape.live; }
    [[nodiscard]] int size() const override { return m_shape.live + archivedCount(); }
    [[nodiscard]] qint64 idOf(int index) const override { return m_shape.firstId + index; }
    [[nodiscard]] qint64 endId() const override { return m_shape.firstId + size(); }

    [[nodiscard]] std::optional<int> indexOf(qint64 id) const override;
    [[nodiscard]] int firstFrom(qint64 id) const override;

    /// ObjectId, CreateDate and LastModified are given too.
    [[nodiscard]] QString value(int index, Field field) const;
    [[nodiscard]] QString value(int index, const QString &, Field field) const override
    {
        return value(index, field);
    }
    [[nodiscard]] EpochMs created(int index) const override;
    [[nodiscard]] EpochMs updated(int index) const override;
    [[nodiscard]] Record record(int index) const override;

    [[nodiscard]] std::optional<int> indexOfUnique(const QString &property,
                                                   const QString &folded) const override;
    [[nodiscard]] std::optional<int> indexOfAdditional(const QString &folded) const override;

    /// Ids of the companies a contact is associated with, the primary first.
    [[nodiscard]] QList<qint64> companiesOf(int contact) const;

    /// Of contacts: the indexes associated with the company of that index, ascending.
    [[nodiscard]] QList<int> contactsOf(int company) const;

private:
    [[nodiscard]] int archivedCount() const { return (m_shape.live + 99) / 100; }
    [[nodiscard]] quint64 draw(int index, Field field) const;
    [[nodiscard]] QString contactValue(int index, Field field, quint64 dice) const;
    [[nodiscard]] QString companyValue(int index, Field field, quint64 dice) const;
    [[nodiscard]] QString sharedValue(int index, Field field, quint64 dice) const;
    [[nodiscard]] std::optional<int> indexIn(const QString &address) const;
    [[nodiscard]] QString email(int index) const;
    [[nodiscard]] QString additionalEmail(int index) const;
    [[nodiscard]] QString domain(int index) const;

    const Shape m_shape;
};

/// The links between generated records: contacts and their companies.
class GeneratedLinks final : public LinkSource
{
public:
    GeneratedLinks(std::shared_ptr<const GeneratedRecords> contacts,
                   std::shared_ptr<const GeneratedRecords> companies)
        : m_contacts(std::move(contacts))
        , m_companies(std::move(companies))
    {
    }

    [[nodiscard]] LinksOfRecord links(ObjectType from, qint64 id, ObjectType to) const override;

private:
    const std::shared_ptr<const GeneratedRecords> m_contacts;
    const std::shared_ptr<const GeneratedRecords> m_companies;
};

} // namespace hubkeeper::practice
