// SPDX-License-Identifier: MIT
#include "workbench/duplicates/rulestrial.h"

#include "base/poolcall.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace hubkeeper {

RulesTrial::RulesTrial(QWidget *parent)
    : QWidget(parent)
    , m_work(std::make_unique<QObject>())
    , m_text(new QPlainTextEdit(this))
    , m_try(new QPushButton(tr("&Try the Rules"), this))
    , m_fault(new QLabel(this))
    , m_results(new QTreeWidget(this))
{
    m_text->setObjectName(u"duplicateRules"_s);
    m_text->setAccessibleName(tr("Rules, one a line"));
    m_text->setPlaceholderText(u"match email same\nnever date differs"_s);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setTabChangesFocus(true);
    m_text->setFixedHeight(m_text->fontMetrics().lineSpacing() * 5);
    m_try->setObjectName(u"tryRules"_s);
    m_try->setEnabled(false);
    m_fault->setObjectName(u"rulesFault"_s);
    m_fault->setTextFormat(Qt::PlainText);
    m_fault->setWordWrap(true);
    m_fault->hide();
    m_results->setObjectName(u"triedRules"_s);
    m_results->setAccessibleName(tr("What the rules do"));
    m_results->setHeaderLabels({tr("Rule"), tr("Pairs")});
    m_results->header()->setStretchLastSection(false);
    m_results->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_results->setFixedHeight(m_text->fontMetrics().lineSpacing() * 6);

    auto *left = new QVBoxLayout;
    left->addWidget(m_text);
    left->addWidget(m_fault);
    left->addWidget(m_try, 0, Qt::AlignLeft);
    left->addStretch();
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(left, 1);
    layout->addWidget(m_results, 1);
    connect(m_try, &QPushButton::clicked, this, &RulesTrial::tryThem);
}

RulesTrial::~RulesTrial() = default;

QString RulesTrial::text() const
{
    return m_text->toPlainText();
}

void RulesTrial::setFound(std::shared_ptr<const RecordDuplicates> found)
{
    m_work = std::make_unique<QObject>();
    m_found = std::move(found);
    m_results->clear();
    m_try->setEnabled(m_found != nullptr);
}

void RulesTrial::tryThem()
{
    m_work = std::make_unique<QObject>();
    m_results->clear();
    const auto rules = MatchRules::parse(text(), m_found->columns);
    m_fault->setVisible(!rules);
    if (!rules) {
        m_fault->setText(rules.error().sentence());
        return;
    }
    using Tried = std::vector<TriedRule>;
    auto *work = new PoolCall<Tried>(
        [rules = *rules, found = m_found](const std::stop_token &stop) {
            return tryRules(*found->records, rules, stop);
        },
        m_work.get());
    m_try->setEnabled(false);
    work->onDone(m_work.get(), [this](const Result<Tried> &tried) { showTried(tried); });
}

void RulesTrial::showTried(const Result<std::vector<TriedRule>> &tried)
{
    m_try->setEnabled(true);
    if (!tried)
        return;
    for (const TriedRule &rule : *tried) {
        auto *item = new QTreeWidgetItem(
            m_results, {rule.rule.text, QLocale().toString(qulonglong(rule.pairs))});
        item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
        for (const auto &[a, b] : rule.samples)
            new QTreeWidgetItem(item, {tr("%1 and %2").arg(m_found->ids[a], m_found->ids[b])});
        item->setExpanded(tried->size() == 1);
    }
}

} // namespace hubkeeper
