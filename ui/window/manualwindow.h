// SPDX-License-Identifier: MIT
#pragma once

#include <QMainWindow>

class QLineEdit;
class QListWidget;
class QTextBrowser;

namespace hubkeeper {

/// The manual: the Markdown files of resources/manual, with contents, search, back and forward.
class ManualWindow final : public QMainWindow
{
    Q_OBJECT

public:
    explicit ManualWindow(QWidget *parent);

    /// A page by its name without ending: "connections". An unknown one shows the contents.
    void showPage(const QString &name);
    [[nodiscard]] QTextBrowser *browser() const { return m_browser; }

private:
    void buildBar();
    void fillContents();
    void showChapter();
    void markHits();
    void findNext();

    QTextBrowser *m_browser;
    QLineEdit *m_search;
    QListWidget *m_contents;
};

} // namespace hubkeeper
