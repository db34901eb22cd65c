// SPDX-License-Identifier: MIT
#include "idm/writing/linkwrite.h"

#include "base/compactjson.h"
#include "idm/idmtext.h"
#include "idm/writing/presence.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

using PresentLink = std::optional<ServerLink>;

QString pathOf(const ServerLink &link)
{
    return u"repo/link/"_s + link.id;
}

QString linkText(const PresentLink &link)
{
    return link ? QString::fromUtf8(compactJson(serverLinkJson(*link))) : QString();
}

/// Whatever its revision.
bool isSame(const ServerLink &a, ServerLink b)
{
    b.revision = a.revision;
    return a == b;
}

/// How the link of a write is read.
ReadingPresent<ServerLink>::Read readingLink(IdmClient &client, const LinkWrite &write)
{
    return [&client, id = write.link.id](QObject *parent) { return readLink(client, id, parent); };
}

/// The link is as it was read, or not there where it will be created.
Result<void> linkAsSeen(const LinkWrite &write, const PresentLink &now)
{
    if (write.deletes ? now == write.link : !now)
        return {};
    return fail(ErrorKind::Conflict,
                now ? IdmText::tr("Somebody has changed the link %1 since it was read.")
                          .arg(write.link.text())
                    : IdmText::tr("The link %1 is gone already.").arg(write.link.text()),
                IdmText::tr("Read the links again. Nothing was sent for it."));
}

class ProvingLink final : public ProvingPresent<ServerLink>
{
public:
    ProvingLink(IdmClient &client, const LinkWrite &write, JournalRow row,
                const Result<IdmReply> &reply, QObject *parent)
        : ProvingPresent(readingLink(client, write), std::move(row), reply, parent)
        , m_write(write)
    {
    }

private:
    void judge(const Result<PresentLink> &now) override
    {
        if (!now)
            return finish(outcome::unknown, failure() ? *failure() : now.error());
        cell().after = linkText(*now);
        const bool isDone = m_write.deletes ? !*now : *now && isSame(m_write.link, **now);
        if (isDone)
            return finish(outcome::applied, std::nullopt);
        const bool isAsBefore = m_write.deletes ? *now == m_write.link : !*now;
        finish(isAsBefore ? outcome::failed : outcome::unknown, failure().value_or(notDone()));
    }

    [[nodiscard]] Error notDone() const
    {
        Error error;
        error.kind = ErrorKind::OutcomeUnknown;
        error.what = IdmText::tr("The server reported that it changed the link %1, but it did not.")
                         .arg(m_write.link.text());
        return error;
    }

    const LinkWrite m_write;
};

class LinkServerWrite final : public ServerWrite
{
public:
    explicit LinkServerWrite(LinkWrite write)
        : m_write(std::move(write))
    {
    }

    [[nodiscard]] Call<void> *check(IdmClient &client, QObject *parent) override
    {
        return new CheckingPresent<ServerLink>(
            readingLink(client, m_write),
            [write = m_write](const PresentLink &now) { return linkAsSeen(write, now); }, parent);
    }

    [[nodiscard]] JournalRow intent() const override
    {
        JournalRow row;
        row.subject = u"link/"_s + m_write.link.id;
        row.type = u"link"_s;
        row.kind = m_write.deletes ? ChangeKind::Archive : ChangeKind::Create;
        row.thing = WrittenThing::Link;
        row.recordId = m_write.link.id;
        row.label = u"%1: %2"_s.arg(m_write.link.type, m_write.link.text());
        const QString text = linkText(m_write.link);
        row.cells.insert(QString(),
                         {m_write.deletes ? text : QString(), m_write.deletes ? QString() : text});
        return row;
    }

    [[nodiscard]] IdmRequest request() const override
    {
        IdmRequest request;
        request.path = pathOf(m_write.link);
        request.writes = true;
        if (m_write.deletes) {
            request.verb = Verb::Delete;
            request.ifMatch = '"' + m_write.link.revision.toUtf8() + '"';
            return request;
        }
        QJsonObject body = serverLinkJson(m_write.link);
        body.remove("_id"_L1);
        body.remove("_rev"_L1);
        request.verb = Verb::Put;
        request.ifNoneMatch = "*";
        request.body = body;
        return request;
    }

    [[nodiscard]] Call<ServerWriteProof> *prove(IdmClient &client, const Result<IdmReply> &reply,
                                                QObject *parent) override
    {
        return new ProvingLink(client, m_write, intent(), reply, parent);
    }

private:
    const LinkWrite m_write;
};

Result<PresentLink> linkIn(const QString &text, const QString &label)
{
    if (text.isEmpty())
        return PresentLink();
    const auto link = serverLinkFrom(QJsonDocument::fromJson(text.toUtf8()).object());
    if (link)
        return PresentLink(*link);
    return fail(ErrorKind::Storage,
                IdmText::tr("The journal's copy of %1 cannot be read.").arg(label));
}

} // namespace

std::shared_ptr<ServerWrite> serverWriteOf(const LinkWrite &write)
{
    return std::make_shared<LinkServerWrite>(write);
}

Result<std::optional<LinkWrite>> linkTakenBack(const JournalRow &row, const PresentLink &now)
{
    const auto cell = row.cells.constFind(QString());
    if (row.thing != WrittenThing::Link || cell == row.cells.cend())
        return fail(ErrorKind::InvalidInput,
                    IdmText::tr("This row of the journal is not a server's link."));
    const auto before = linkIn(cell->before, row.label);
    const auto after = linkIn(cell->after, row.label);
    if (!before || !after)
        return tl::unexpected(before ? after.error() : before.error());
    if (*before ? now && isSame(**before, *now) : !now)
        return std::optional<LinkWrite>();
    if (*after ? now != *after : now.has_value())
        return fail(ErrorKind::Conflict,
                    IdmText::tr("The link %1 is no longer what the run left.").arg(row.label),
                    IdmText::tr("Read the links again before you decide what to do."));
    return std::optional(*before ? LinkWrite {**before, false} : LinkWrite {*now, true});
}

} // namespace hubkeeper
