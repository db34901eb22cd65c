// SPDX-License-Identifier: MIT
#include "widgets/sizes.h"

#include <QLayout>
#include <QRegularExpression>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTabWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

void sizeByCurrent(QStackedWidget *stack)
{
    const auto adapt = [stack](int current) {
        for (int at = 0; at < stack->count(); ++at) {
            const auto policy = at == current ? QSizePolicy::Preferred : QSizePolicy::Ignored;
            stack->widget(at)->setSizePolicy(policy, policy);
        }
        // Hidden widgets do not report it, and a dock may be shown before anybody asks.
        for (QWidget *around = stack; around; around = around->parentWidget()) {
            if (around->layout())
                around->layout()->invalidate();
            around->updateGeometry();
        }
    };
    QObject::connect(stack, &QStackedWidget::currentChanged, stack, adapt);
    adapt(stack->currentIndex());
}

void sizeByCurrent(QTabWidget *tabs)
{
    if (auto *stack = tabs->findChild<QStackedWidget *>(QString(), Qt::FindDirectChildrenOnly))
        sizeByCurrent(stack);
}

QScrollArea *scrolling(QWidget *inside, QWidget *parent)
{
    auto *scroll = new QScrollArea(parent);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus); // What is inside takes the keyboard.
    scroll->setWidget(inside);
    scroll->viewport()->setAutoFillBackground(false); // What is behind shows through.
    inside->setAutoFillBackground(false);
    return scroll;
}

void setDockMargins(QLayout &layout)
{
    QMargins margins = layout.contentsMargins();
    margins.setTop(std::max(0, layout.spacing()) / 2);
    margins.setBottom(margins.top());
    layout.setContentsMargins(margins);
}

QString withShortWords(const QString &text, int most)
{
    static const QRegularExpression word(u"[^\\s/\\\\]+"_s); // Lines break after a slash.
    QString shortened;
    qsizetype done = 0;
    for (auto found = word.globalMatch(text); found.hasNext();) {
        const QRegularExpressionMatch match = found.next();
        if (match.capturedLength() <= most)
            continue;
        const QString whole = match.captured();
        shortened += text.mid(done, match.capturedStart() - done) + whole.left(most / 2) + u'…'
            + whole.right(most / 2 - 1);
        done = match.capturedEnd();
    }
    return shortened + text.mid(done);
}

} // namespace hubkeeper
