// SPDX-License-Identifier: MIT
#include "portal/jsontext.h"
#include "portal/packedrecord.h"
#include "portal/portaltext.h"
#include "portal/recordjson.h"

namespace hubkeeper {

namespace {

namespace dom = simdjson::dom;

int digits(std::string_view text, size_t at, size_t count)
{
    int number = 0;
    for (size_t i = at; i < at + count; ++i) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        number = number * 10 + (text[i] - '0');
    }
    return number;
}

/// Days since 1970-01-01 of a day of the Gregorian calendar (Howard Hinnant, public domain).
constexpr qint64 daysOf(int year, int month, int day)
{
    year -= month <= 2 ? 1 : 0;
    const int era = (year >= 0 ? year : year - 399) / 400;
    const int ofEra = year - era * 400;
    const int ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return qint64(era) * 146'097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719'468;
}

/// "2026-11-23T10:00:00.120Z" as nearly all instants are written, else as instantOf() reads it.
qint64 instantMs(std::string_view text)
{
    if (text.size() == 24 && text[4] == '-' && text[10] == 'T' && text[19] == '.'
        && text[23] == 'Z') {
        const int year = digits(text, 0, 4);
        const int month = digits(text, 5, 2);
        const int day = digits(text, 8, 2);
        const int hour = digits(text, 11, 2);
        const int minute = digits(text, 14, 2);
        const int second = digits(text, 17, 2);
        const int ms = digits(text, 20, 3);
        if (year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour >= 0
            && minute >= 0 && second >= 0 && ms >= 0)
            return ((daysOf(year, month, day) * 24 + hour) * 60 + minute) * 60'000
                + qint64(second) * 1000 + ms;
    }
    const QDateTime instant =
        instantOf(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
    return instant.isValid() ? instant.toMSecsSinceEpoch() : -1;
}

} // namespace

class PackedPageReader::Private
{
public:
    explicit Private(const PackedColumns &given)
        : columns(given)
    {
    }

    [[nodiscard]] bool takeRecord(const dom::object &members, PackedRecord &record)
    {
        bool hasId = false;
        for (const dom::key_value_pair member : members) {
            if (member.key == "id")
                hasId = takeId(member.value, record);
            else if (member.key == "properties")
                takeCells(member.value);
            else if (member.key == "createdAt")
                record.created = instantOfMember(member.value);
            else if (member.key == "updatedAt")
                record.updated = instantOfMember(member.value);
            else if (member.key == "archived")
                record.archived = isTrue(member.value);
        }
        record.cells = packer.pack();
        others.clear();
        return hasId;
    }

    const PackedColumns &columns;
    dom::parser parser;

private:
    [[nodiscard]] static bool takeId(const dom::element &value, PackedRecord &record)
    {
        std::string_view text;
        if (value.get(text)) { // A number.
            int64_t number = 0;
            const bool isNumber = !value.get(number);
            record.id = number;
            return isNumber && number > 0;
        }
        bool isNumber = false;
        record.id = QByteArrayView(text.data(), qsizetype(text.size())).toLongLong(&isNumber);
        return isNumber && record.id > 0;
    }

    [[nodiscard]] static bool isTrue(const dom::element &value)
    {
        bool truth = false;
        return !value.get(truth) && truth;
    }

    [[nodiscard]] static qint64 instantOfMember(const dom::element &value)
    {
        std::string_view text;
        return value.get(text) ? -1 : instantMs(text);
    }

    void takeCells(const dom::element &properties)
    {
        dom::object members;
        if (properties.get(members))
            return;
        size_t at = 0;
        for (const dom::key_value_pair member : members) {
            const qsizetype column = columnAt(at++, member.key);
            if (column < 0 || member.value.is_null())
                continue;
            std::string_view text;
            if (member.value.get(text)) { // Numbers, booleans, and the unexpected.
                others.push_back(std::make_unique<std::string>(simdjson::minify(member.value)));
                text = *others.back();
            }
            packer.add(column, text);
        }
    }

    /// Records of a page have the same properties in the same order: the last one is a good guess.
    [[nodiscard]] qsizetype columnAt(size_t at, std::string_view name)
    {
        if (at < order.size() && order[at].first == name)
            return order[at].second;
        const qsizetype column = columns.columnOf(name);
        if (at >= order.size())
            order.resize(at + 1);
        order[at] = {std::string(name), column};
        return column;
    }

    CellPacker packer;
    std::vector<std::pair<std::string, qsizetype>> order;
    std::vector<std::unique_ptr<std::string>> others; // Texts of the record under way.
};

PackedPageReader::PackedPageReader(const PackedColumns &columns)
    : d(std::make_unique<Private>(columns))
{
}

PackedPageReader::~PackedPageReader() = default;

Result<PackedPage> PackedPageReader::read(const QByteArray &json)
{
    const auto reply = parseObject(d->parser, json, PortalText::tr("records"));
    if (!reply)
        return tl::unexpected(reply.error());
    dom::array results;
    if ((*reply)["results"].get(results))
        return fail(ErrorKind::BadReply,
                    PortalText::tr("The portal's reply for records has no list of "
                                   "results."));
    PackedPage page;
    page.records.reserve(results.size());
    for (const dom::element entry : results) {
        dom::object members;
        if (entry.get(members))
            return fail(ErrorKind::BadReply,
                        PortalText::tr("A record in the portal's reply is not an object."));
        if (!d->takeRecord(members, page.records.emplace_back()))
            return fail(ErrorKind::BadReply,
                        PortalText::tr("A record in the portal's reply has no ID."));
    }
    dom::object next;
    if (!(*reply)["paging"]["next"].get(next))
        page.after = memberText(next, "after");
    return page;
}

} // namespace hubkeeper
