// SPDX-License-Identifier: MIT
#pragma once

#include "practice/data/isotime.h"

#include <QHash>
#include <QList>
#include <QString>

#include <array>
#include <optional>

namespace hubkeeper::practice {

/// The two kinds of records the portal keeps.
enum class ObjectType { Contact, Company };
inline constexpr ObjectType bothTypes[] {ObjectType::Contact, ObjectType::Company};

/// What a type is called where.
struct TypeNames
{
    QLatin1StringView plural; ///< "contacts", in paths.
    QLatin1StringView singular; ///< "contact"
    QLatin1StringView typeId; ///< "0-1"
    QLatin1StringView upper; ///< "CONTACT", in messages.
    QLatin1StringView label; ///< "Contact"
    QLatin1StringView lastModified; ///< Name of the last-modified property (hubspot-api 4.2).
};

[[nodiscard]] inline const TypeNames &namesOf(ObjectType type)
{
    using namespace Qt::StringLiterals;
    static const std::array<TypeNames, 2> names {{
        {"contacts"_L1, "contact"_L1, "0-1"_L1, "CONTACT"_L1, "Contact"_L1, "lastmodifieddate"_L1},
        {"companies"_L1, "company"_L1, "0-2"_L1, "COMPANY"_L1, "Company"_L1,
         "hs_lastmodifieddate"_L1},
    }};
    return names[static_cast<size_t>(type)];
}

/// The type of a path segment: plural, singular or type id (hubspot-api 2.3); nothing for others.
[[nodiscard]] inline std::optional<ObjectType> typeNamed(QStringView text)
{
    for (const ObjectType type : bothTypes) {
        const TypeNames &names = namesOf(type);
        if (text.compare(names.plural, Qt::CaseInsensitive) == 0
            || text.compare(names.singular, Qt::CaseInsensitive) == 0 || text == names.typeId)
            return type;
    }
    return std::nullopt;
}

/// One former value of a property (hubspot-api 4.4).
struct PastValue
{
    QString value;
    EpochMs at = 0;
    QString sourceType; ///< "IMPORT", "INTEGRATION", ...
    QString sourceId; ///< The app, or "userId:…" of somebody in HubSpot; may be empty.
    qint64 userId = 0; ///< 0: no user.
};

/// A contact or company as the portal stores it. Computed properties are not in `values`.
struct Record
{
    qint64 id = 0;
    QHash<QString, QString> values; ///< Set ones only; never empty texts.
    EpochMs created = 0;
    EpochMs updated = 0;
    std::optional<EpochMs> archivedAt;
    QHash<QString, QList<PastValue>> history; ///< Newest first.
    QList<qint64> mergedIds; ///< Ids that now answer with this record.
};

} // namespace hubkeeper::practice
