// SPDX-License-Identifier: MIT
#pragma once

#include "portal/objecttype.h"

#include <QMetaType>
#include <QString>

#include <optional>
#include <variant>

namespace hubkeeper {

/// The pages and panels of the window.
enum class PageId {
    Overview,
    Configuration,
    Schema,
    Scripts,
    Contacts,
    Companies,
    Journal,
    Idm,
    Snapshots,
    Changes,
    Problems,
    Requests,
};

/// "overview": for settings and object names. Never changes.
[[nodiscard]] QString nameOf(PageId page);
[[nodiscard]] std::optional<PageId> pageFrom(const QString &name);
/// The page that lists the records of this type.
[[nodiscard]] PageId pageOf(ObjectType type);

/// What a page knows by an id: a record, a run, a rule, a script, an attribute.
struct ItemId
{
    QString id;

    bool operator==(const ItemId &) const = default;
};

/// A value of the provisioner, by its JSON pointer.
struct JsonPlace
{
    QString pointer;

    bool operator==(const JsonPlace &) const = default;
};

/// A place in the text of the provisioner, from 1, as the validator counts.
struct TextPlace
{
    int line = 1;
    int column = 1;

    bool operator==(const TextPlace &) const = default;
};

/// Parts of a page that can be gone to.
enum class PagePart { Limits };

/// What to show of a page; nothing in particular, if it is none of these.
using PlaceItem = std::variant<std::monostate, ItemId, JsonPlace, TextPlace, PagePart>;

/// Its id; empty if it is something else.
[[nodiscard]] QString idIn(const PlaceItem &item);

/// A place in the window that can be gone to.
struct Place
{
    PageId page;
    PlaceItem item;

    bool operator==(const Place &) const = default;
};

} // namespace hubkeeper

Q_DECLARE_METATYPE(hubkeeper::Place)
