// SPDX-License-Identifier: MIT
#include "records/inspector/linkpicker.h"

#include "session/open/session.h"
#include "session/reading/recordlabel.h"
#include "widgets/errortext.h"
#include "widgets/masking.h"
#include "widgets/notelabel.h"

#include <QBoxLayout>
#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hubkeeper {

namespace {

constexpr int mostLinksFound = 50;
constexpr int linkNameRole = Qt::UserRole + 1;

} // namespace

LinkPicker::LinkPicker(Session &session, ObjectType type, const Masking &masking, QWidget *parent)
    : QDialog(parent)
    , m_session(session)
    , m_type(type)
    , m_masking(masking)
    , m_text(new QLineEdit(this))
    , m_list(new QListWidget(this))
    , m_note(new NoteLabel(this))
{
    const bool isCompany = type == ObjectType::Companies;
    setObjectName(u"linkPicker"_s);
    setWindowTitle(isCompany ? tr("Associate a Company") : tr("Associate a Contact"));
    m_text->setObjectName(u"linkPickerText"_s);
    m_text->setPlaceholderText(isCompany ? tr("Name, domain or record ID")
                                         : tr("Name, e-mail address or record ID"));
    m_text->setAccessibleName(m_text->placeholderText());
    m_text->setClearButtonEnabled(true);
    m_text->installEventFilter(this);
    m_list->setObjectName(u"linkPickerList"_s);
    m_list->setAccessibleName(tr("Records found"));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_take = buttons->addButton(tr("&Associate"), QDialogButtonBox::AcceptRole);
    m_take->setDefault(true);
    m_take->setEnabled(false);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_text);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_note);
    layout->addWidget(buttons);
    m_pause.setSingleShot(true);
    m_pause.setInterval(300ms);
    connect(&m_pause, &QTimer::timeout, this, &LinkPicker::find);
    connect(m_text, &QLineEdit::textChanged, this, [this] {
        m_work.reset();
        m_take->setEnabled(false); // What was found before is not what is meant now.
        m_pause.start();
    });
    connect(m_list, &QListWidget::currentRowChanged, this,
            [this](int row) { m_take->setEnabled(row >= 0); });
    connect(m_list, &QListWidget::itemDoubleClicked, this, &LinkPicker::pick);
    connect(buttons, &QDialogButtonBox::accepted, this, &LinkPicker::pick);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    const int width = fontMetrics().averageCharWidth();
    resize(width * 60, width * 45);
    m_text->setFocus();
}

LinkPicker::~LinkPicker() = default;

void LinkPicker::find()
{
    const QString text = m_text->text().trimmed();
    m_list->clear();
    m_note->clear();
    if (text.isEmpty())
        return;
    m_work = std::make_unique<QObject>();
    static const QRegularExpression number(u"^[0-9]{1,19}$"_s);
    if (number.match(text).hasMatch())
        return findById(text);
    SearchQuery query;
    query.text = text;
    query.properties = labelProperties(m_type);
    query.limit = mostLinksFound;
    m_note->setText(tr("Searching…"));
    m_session.portal()
        .search(m_type, query, m_work.get())
        ->onDone(this, [this](const Result<RecordPage> &found) { onFound(found); });
}

void LinkPicker::findById(const QString &id)
{
    m_session.portal()
        .batchRead(m_type, {id}, labelProperties(m_type), m_work.get())
        ->onDone(this, [this](const Result<BatchReadOutcome> &read) {
            onFound(read.map([](const BatchReadOutcome &found) {
                RecordPage page;
                page.records = found.records;
                return page;
            }));
        });
}

void LinkPicker::onFound(const Result<RecordPage> &found)
{
    if (!found && found.error().kind == ErrorKind::Cancelled)
        return;
    m_list->clear();
    if (!found)
        return m_note->setText(errorText(found.error(), Situation::ReadingRecords).sentence);
    show(found->records);
}

void LinkPicker::show(const QList<Record> &records)
{
    for (const Record &record : records) {
        const QString name = labelOf(m_type, record.properties, record.id);
        QStringList known;
        for (const QString &property : labelProperties(m_type)) {
            const QString text = record.text(property);
            if (!text.isEmpty() && text != name)
                known.append(m_masking.value(m_type, property, text));
        }
        known.append(record.id);
        const QString shown = m_masking.name(name);
        const QString rest = known.join(u", "_s);
        auto *item = new QListWidgetItem(
            u"%1 (%2)"_s.arg(fontMetrics().elidedText(shown, Qt::ElideRight, width() / 2), rest),
            m_list);
        item->setToolTip(u"%1 (%2)"_s.arg(shown, rest));
        item->setData(Qt::UserRole, record.id);
        item->setData(linkNameRole, name);
    }
    if (records.isEmpty())
        m_note->setText(tr("Nothing found."));
    else if (records.size() == mostLinksFound)
        m_note->setText(tr("The first %L1 are shown.").arg(mostLinksFound));
    else
        m_note->clear();
    if (!records.isEmpty())
        m_list->setCurrentRow(0);
}

void LinkPicker::pick()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (!item || !m_take->isEnabled())
        return;
    const QString id = item->data(Qt::UserRole).toString();
    const QString name = item->data(linkNameRole).toString();
    accept();
    emit picked(id, name);
}

/// Up and down move in the list while one types.
bool LinkPicker::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_text || event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    if (key != Qt::Key_Up && key != Qt::Key_Down)
        return QDialog::eventFilter(watched, event);
    QCoreApplication::sendEvent(m_list, event);
    return true;
}

} // namespace hubkeeper
