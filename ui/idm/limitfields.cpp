// SPDX-License-Identifier: MIT
#include "idm/limitfields.h"

#include <QBoxLayout>
#include <QLabel>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace hubkeeper {

LimitFields::LimitFields(const QString &name, QWidget *parent)
    : QWidget(parent)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    const auto add = [&](SyncAction action, const QString &suffix, const QString &option,
                         const QString &text) {
        auto *field = new QLineEdit(this);
        field->setObjectName(name + suffix);
        field->setPlaceholderText(tr("5 or 5%"));
        field->setMaximumWidth(fontMetrics().averageCharWidth() * 11);
        auto *label = new QLabel(text, this);
        label->setBuddy(field);
        row->addWidget(label);
        row->addWidget(field);
        connect(field, &QLineEdit::textChanged, this, &LimitFields::changed);
        m_fields.append({field, action, option});
    };
    add(SyncAction::Delete, u"MostDeletes"_s, u"--max-delete"_s, tr("At most &deleted:"));
    add(SyncAction::Create, u"MostCreates"_s, u"--max-create"_s, tr("created:"));
    add(SyncAction::Update, u"MostUpdates"_s, u"--max-update"_s, tr("changed:"));
    add(SyncAction::Unlink, u"MostUnlinks"_s, u"--max-unlink"_s, tr("unlinked:"));
    setFocusProxy(m_fields.first().edit);
}

Result<QList<PreviewThreshold>> LimitFields::thresholds() const
{
    QList<PreviewThreshold> limits;
    for (const Field &field : m_fields) {
        const QString text = field.edit->text().trimmed();
        if (text.isEmpty())
            continue;
        const auto limit = PreviewThreshold::parse(field.action, text);
        if (!limit)
            return tl::unexpected(limit.error());
        limits.append(*limit);
    }
    return limits;
}

QStringList LimitFields::words() const
{
    QStringList words;
    for (const Field &field : m_fields) {
        const QString text = field.edit->text().trimmed();
        if (!text.isEmpty())
            words << field.option << u'\'' + QString(text).replace(u'\'', u"'\\''"_s) + u'\'';
    }
    return words;
}

} // namespace hubkeeper
