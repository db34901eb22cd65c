// SPDX-License-Identifier: MIT
#include "idm/preview/previewdetails.h"

#include "base/compactjson.h"
#include "base/poolcall.h"
#include "idm/preview/previewentries.h"
#include "reconcile/values/exactjson.h"
#include "session/idm/previewjson.h"
#include "widgets/masking.h"
#include "widgets/wrappedlabel.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QJsonDocument>
#include <QPlainTextEdit>
#include <QTabWidget>
#include <QTreeWidget>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QString sentenceOf(const KeptEntry &kept, const Masking &masking)
{
    const ReconEntry &entry = kept.entry;
    QStringList parts {PreviewDetails::tr("%1 → %2: %3")
                           .arg(entry.situation ? wordOf(*entry.situation) : u"?"_s,
                                entry.action ? wordOf(*entry.action) : u"?"_s, statusText(entry))};
    if (entry.linkQualifier != "default"_L1)
        parts.append(PreviewDetails::tr("Link qualifier: %1.").arg(entry.linkQualifier));
    if (!entry.reason.isEmpty())
        parts.append(masking.text(entry.reason));
    return parts.join(u'\n');
}

/// The target that an entry is about, which the server's log leaves out where it is deleted.
const QString &targetOf(const ReconEntry &entry)
{
    return entry.deletedTargetId.isNull() ? entry.targetId : entry.deletedTargetId;
}

/// The links of an entry's two ends as they would be.
Result<QStringList> linksOf(const PreviewOutcome &outcome, const ReconEntry &entry)
{
    const SyncMapping *mapping = outcome.mappings.find(outcome.mapping);
    QStringList lines;
    return outcome.work
        ->visitLinks([&](const SyncLink &link, bool isNew) {
            if (!mapping || link.type != mapping->links)
                return;
            const QString &source = mapping->linksReversed ? link.secondId : link.firstId;
            const QString &target = mapping->linksReversed ? link.firstId : link.secondId;
            const bool isOf = (!entry.sourceId.isNull() && source == entry.sourceId)
                || (!entry.targetId.isNull() && target == entry.targetId);
            if (isOf)
                lines.append(isNew ? PreviewDetails::tr("%1 ↔ %2 (%3), new")
                                         .arg(source, target, link.qualifier)
                                   : u"%1 ↔ %2 (%3)"_s.arg(source, target, link.qualifier));
        })
        .map([&] { return lines; });
}

} // namespace

PreviewDetails::PreviewDetails(const Masking &masking, QWidget *parent)
    : QWidget(parent)
    , m_masking(masking)
    , m_work(std::make_unique<QObject>())
    , m_headline(new WrappedLabel(this))
    , m_tabs(new QTabWidget(this))
    , m_properties(new QTreeWidget(this))
    , m_links(new WrappedLabel(this))
{
    m_headline->setObjectName(u"previewEntryHeadline"_s);
    m_links->setObjectName(u"previewEntryLinks"_s);
    m_properties->setObjectName(u"previewProperties"_s);
    m_properties->setAccessibleName(tr("Properties that would change"));
    m_properties->setHeaderLabels({tr("Property"), tr("Now"), tr("Afterwards")});
    m_properties->setRootIsDecorated(false);
    m_properties->setUniformRowHeights(true);
    m_properties->header()->setStretchLastSection(true);
    m_properties->header()->resizeSection(0, fontMetrics().averageCharWidth() * 26);
    m_properties->header()->resizeSection(1, fontMetrics().averageCharWidth() * 36);
    m_tabs->addTab(m_properties, tr("Changes"));
    m_source = objectText(u"previewSource"_s, tr("Source"));
    m_target = objectText(u"previewTarget"_s, tr("Target"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_headline);
    column->addWidget(m_tabs, 1);
    column->addWidget(m_links);
    connect(&masking, &Masking::changed, this, [this] {
        if (m_entry)
            m_headline->setText(sentenceOf(*m_entry, m_masking));
        showOpened();
    });
}

PreviewDetails::~PreviewDetails() = default;

QPlainTextEdit *PreviewDetails::objectText(const QString &name, const QString &title)
{
    auto *text = new QPlainTextEdit(this);
    text->setObjectName(name);
    text->setAccessibleName(title);
    text->setReadOnly(true);
    text->setTabChangesFocus(true);
    m_tabs->addTab(text, title);
    return text;
}

QString PreviewDetails::headline() const
{
    return m_headline->text();
}

void PreviewDetails::clear()
{
    m_work = std::make_unique<QObject>();
    m_entry.reset();
    m_opened.reset();
    m_headline->setText(tr("Choose a row to see why, and what would change."));
    m_properties->clear();
    m_source->clear();
    m_target->clear();
    m_links->setText({});
}

void PreviewDetails::show(const std::shared_ptr<const PreviewOutcome> &outcome,
                          const KeptEntry &entry)
{
    clear();
    m_entry = entry;
    m_headline->setText(sentenceOf(entry, m_masking));
    const auto read = [outcome, entry](const std::stop_token &) -> Result<Opened> {
        const PreviewWork &work = *outcome->work;
        const auto source = work.change(outcome->source, entry.entry.sourceId);
        const auto target = work.change(outcome->target, targetOf(entry.entry));
        const auto links = linksOf(*outcome, entry.entry);
        if (!source || !target || !links)
            return tl::unexpected(!source       ? source.error()
                                      : !target ? target.error()
                                                : links.error());
        return Opened {*source, *target, *links};
    };
    auto *call = new PoolCall<Opened>(read, m_work.get());
    call->onDone(m_work.get(), [this](const Result<Opened> &opened) {
        if (!opened)
            return emit failed(opened.error());
        m_opened = *opened;
        showOpened();
    });
}

QString PreviewDetails::textOf(const std::optional<QJsonObject> &object) const
{
    if (!object)
        return {};
    const QJsonValue seen = m_masking.json(withoutMarks(*object));
    return QString::fromUtf8(QJsonDocument(seen.toObject()).toJson());
}

QString PreviewDetails::shown(const QJsonValue &value) const
{
    return readableText(m_masking.json(value));
}

void PreviewDetails::showOpened()
{
    if (!m_opened)
        return;
    const ObjectChange &target = m_opened->target;
    m_source->setPlainText(textOf(m_opened->source.before));
    m_target->setPlainText(textOf(target.before ? target.before : target.after));
    m_links->setText(m_opened->links.isEmpty()
                         ? tr("No link afterwards.")
                         : tr("Links afterwards: %1").arg(m_opened->links.join(u"; "_s)));
    m_properties->clear();
    const QJsonObject changed = target.after ? changedValues(target) : QJsonObject();
    for (auto it = changed.begin(); it != changed.end(); ++it) {
        const bool isNew = !target.before;
        m_properties->addTopLevelItem(
            new QTreeWidgetItem({it.key(), isNew ? QString() : shown(it.value()["before"_L1]),
                                 shown(isNew ? QJsonValue(it.value()) : it.value()["after"_L1])}));
    }
    if (target.after || !target.before)
        return;
    auto *gone = new QTreeWidgetItem({tr("The whole object is deleted.")});
    m_properties->addTopLevelItem(gone);
    gone->setFirstColumnSpanned(true);
}

} // namespace hubkeeper
