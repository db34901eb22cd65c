// SPDX-License-Identifier: MIT
#include "records/inspector/linkedview.h"

#include "base/compactjson.h"
#include "idm/currentserver.h"
#include "session/connections/provisionerfacts.h"
#include "session/open/session.h"
#include "widgets/errortext.h"
#include "widgets/tones.h"

#include <QBoxLayout>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

LinkedView::LinkedView(ObjectType type, const PropertyNames &names, QWidget *parent)
    : QWidget(parent)
    , m_type(type)
    , m_names(names)
    , m_work(std::make_unique<QObject>())
    , m_text(new QLabel(this))
    , m_open(new QPushButton(tr("&IDM Servers…"), this))
    , m_tree(new QTreeWidget(this))
{
    m_text->setObjectName(u"linkedText"_s);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_tree->setObjectName(u"linkedObjects"_s);
    m_tree->setAccessibleName(tr("Objects of the IDM server that the record is linked with"));
    m_tree->setHeaderLabels(
        {tr("Attribute"), tr("IDM gets"), tr("Property"), tr("Linked object"), tr("Note")});
    m_tree->setUniformRowHeights(true);
    m_tree->setAlternatingRowColors(true);
    const int width = fontMetrics().averageCharWidth();
    for (const int column : {0, 1, 2, 3})
        m_tree->header()->resizeSection(column, width * 16);
    m_open->setObjectName(u"openServers"_s);
    connect(m_open, &QPushButton::clicked, this, &LinkedView::serverWanted);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_text);
    layout->addWidget(m_open, 0, Qt::AlignLeft);
    layout->addWidget(m_tree, 1);
    clear();
}

LinkedView::~LinkedView() = default;

void LinkedView::setServer(CurrentServer *server)
{
    m_server = server;
    if (m_server) {
        connect(m_server, &CurrentServer::changed, this, [this] {
            m_isRead = false;
            look();
        });
    }
    look();
}

void LinkedView::setSession(const std::shared_ptr<Session> &session)
{
    m_system = session ? session->provisioner().name : QString();
}

void LinkedView::showRecord(const QString &id, const QList<EyeLine> &lines)
{
    m_isRead = m_isRead && id == m_id;
    m_id = id;
    m_lines = lines;
    if (m_isRead)
        show();
    else
        look();
}

void LinkedView::clear()
{
    m_work = std::make_unique<QObject>();
    m_id.clear();
    m_lines.clear();
    m_found.clear();
    m_isRead = false;
    say({}, false);
}

void LinkedView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    look();
}

/// What there is to say instead of objects.
void LinkedView::say(const QString &text, bool offersServer)
{
    m_tree->clear();
    m_tree->setVisible(false);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    m_open->setVisible(offersServer);
}

void LinkedView::look()
{
    if (m_id.isEmpty() || m_isRead || !isVisible())
        return;
    m_work = std::make_unique<QObject>();
    m_found.clear();
    if (!m_server || !m_server->session())
        return say(tr("Open the IDM server to see what the record is linked with there."),
                   m_server != nullptr);
    say(tr("Asking %1…").arg(m_server->server()->label), false);
    const auto session = m_server->session(); // Kept until the answer.
    const QString type = m_type == ObjectType::Contacts ? u"contact"_s : u"company"_s;
    readObjectLinks(*session, u"system/*/"_s + type, m_id, m_work.get())
        ->onDone(m_work.get(), [this, session](const Result<QList<ObjectLinks>> &found) {
            m_isRead = true;
            if (!found)
                return say(errorText(found.error(), Situation::ReadingServer).sentence + u'\n'
                               + found.error().what,
                           false);
            m_found = *found;
            show();
        });
}

void LinkedView::show()
{
    if (!m_isRead || m_found.isEmpty() || !m_server || !m_server->server())
        return;
    say({}, false);
    // Where the server has a connector of the file's name, the others are another portal's.
    const auto isOwn = [this](const ObjectLinks &links) {
        return links.collection.section(u'/', 1, 1) == m_system;
    };
    const bool hasOwn = std::any_of(m_found.begin(), m_found.end(), isOwn);
    for (const ObjectLinks &links : std::as_const(m_found)) {
        if (!hasOwn || isOwn(links))
            showOne(links);
    }
    m_tree->setVisible(m_tree->topLevelItemCount() > 0);
    m_text->setVisible(true);
}

void LinkedView::showOne(const ObjectLinks &links)
{
    const QString server = m_server->server()->label;
    const QString path = links.collection + u'/' + links.id;
    QStringList sentences {m_text->text()};
    if (links.linked.isEmpty())
        sentences.append(tr("%1 is not linked on %2.").arg(path, server));
    else
        sentences.append(
            tr("%1 is linked with %Ln object(s) on %2.", nullptr, int(links.linked.size()))
                .arg(path, server));
    if (!links.linked.isEmpty() && !links.unlinked.isEmpty())
        sentences.append(
            tr("It is not linked by %1.").arg(links.unlinked.join(tr(", ", "between names"))));
    sentences.removeAll(QString());
    m_text->setText(sentences.join(u'\n'));
    for (const LinkedObject &linked : links.linked)
        addLinked(linked);
}

void LinkedView::addLinked(const LinkedObject &linked)
{
    auto *item = new QTreeWidgetItem(m_tree);
    const QString path = linked.id ? linked.collection + u'/' + *linked.id
                                   : tr("nothing in %1").arg(linked.collection);
    //: %1 is an object, %2 are names of mappings, %3 is a link qualifier.
    item->setText(
        0,
        tr("%1, by %2 (%3)")
            .arg(path, linked.mappings.join(tr(", ", "between names")), linked.link.qualifier));
    item->setToolTip(0, item->text(0));
    QFont bold = font();
    bold.setBold(true);
    item->setFont(0, bold);
    if (linked.object) {
        const QList<SideLine> lines = sideBySide(linked, m_lines);
        for (const SideLine &line : lines)
            addLine(item, line);
    } else {
        auto *note = new QTreeWidgetItem(item);
        note->setText(0,
                      !linked.id                        ? tr("The link has no id at its other end.")
                          : linked.whyNotRead.isEmpty() ? tr("The object no longer exists.")
                                                        : linked.whyNotRead);
        note->setToolTip(0, note->text(0));
        note->setFirstColumnSpanned(true);
    }
    item->setFirstColumnSpanned(true);
    item->setExpanded(true);
}

QString LinkedView::shown(const QJsonValue &value) const
{
    const QJsonValue seen = m_names.masking().json(value);
    return seen.isUndefined() ? QString() : seen.isNull() ? u"null"_s : readableText(seen);
}

void LinkedView::addLine(QTreeWidgetItem *parent, const SideLine &line) const
{
    auto *item = new QTreeWidgetItem(parent);
    item->setText(0, line.attribute);
    item->setText(1, shown(line.value));
    item->setText(2, line.property);
    item->setText(3, shown(line.linkedValue));
    QString note;
    switch (line.note) {
    case SideNote::Same:
        break;
    case SideNote::Differs:
        note = line.isToLinked ? tr("differs; IDM writes the linked object")
                               : tr("differs; IDM writes the record");
        break;
    case SideNote::Transformed:
        note = tr("differs; the mapping computes it");
        break;
    case SideNote::OnlyLinked:
        note = tr("not mapped");
        break;
    }
    item->setText(4, note);
    for (int column = 0; column < 5; ++column)
        item->setToolTip(column, item->text(column));
    if (line.note == SideNote::OnlyLinked) {
        const QColor muted = tonesOf(QGuiApplication::palette()).muted;
        for (int column = 0; column < 5; ++column)
            item->setForeground(column, muted);
    }
}

} // namespace hubkeeper
