// SPDX-License-Identifier: MIT
#include "widgets/place.h"

#include <array>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr std::array pages {PageId::Overview, PageId::Configuration, PageId::Schema,
                            PageId::Scripts,  PageId::Contacts,      PageId::Companies,
                            PageId::Journal,  PageId::Idm,           PageId::Snapshots,
                            PageId::Changes,  PageId::Problems,      PageId::Requests};

} // namespace

QString nameOf(PageId page)
{
    switch (page) {
    case PageId::Overview:
        return u"overview"_s;
    case PageId::Configuration:
        return u"configuration"_s;
    case PageId::Schema:
        return u"schema"_s;
    case PageId::Scripts:
        return u"scripts"_s;
    case PageId::Contacts:
        return u"contacts"_s;
    case PageId::Companies:
        return u"companies"_s;
    case PageId::Journal:
        return u"journal"_s;
    case PageId::Idm:
        return u"idm"_s;
    case PageId::Snapshots:
        return u"snapshots"_s;
    case PageId::Changes:
        return u"changes"_s;
    case PageId::Problems:
        return u"problems"_s;
    case PageId::Requests:
        return u"requests"_s;
    }
    Q_UNREACHABLE();
}

std::optional<PageId> pageFrom(const QString &name)
{
    for (const PageId page : pages) {
        if (nameOf(page) == name)
            return page;
    }
    return std::nullopt;
}

PageId pageOf(ObjectType type)
{
    switch (type) {
    case ObjectType::Contacts:
        return PageId::Contacts;
    case ObjectType::Companies:
        return PageId::Companies;
    }
    Q_UNREACHABLE();
}

QString idIn(const PlaceItem &item)
{
    const auto *named = std::get_if<ItemId>(&item);
    return named ? named->id : QString();
}

} // namespace hubkeeper
