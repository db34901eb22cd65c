// SPDX-License-Identifier: MIT
#pragma once

#include "problems/findingswalk.h"
#include "provisioner/report/report.h"
#include "widgets/page.h"

#include <functional>
#include <optional>

class QBoxLayout;
class QComboBox;
class QLineEdit;
class QStackedWidget;
class QTableView;
class QTextBrowser;
class QToolButton;

namespace hubkeeper {

class CallBar;
class DocumentFindings;
class FindingsFilter;
class FindingsModel;
class MessageBar;
class NoProblems;
class SeverityButtons;
struct FixedText;

/// Everything that is wrong with the open document: filter, go there, fix, explain, copy, export,
/// ask the portal. A panel of the lower dock.
class ProblemsDock final : public Page
{
    Q_OBJECT

public:
    /// `findings` must outlive the dock.
    ProblemsDock(DocumentFindings &findings, QWidget *parent);
    ~ProblemsDock() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QIcon icon() const override;
    [[nodiscard]] bool isEmpty() const override;
    [[nodiscard]] bool needsAttention() const override;
    void setSession(std::shared_ptr<Session> session) override;
    /// Tells where the user is in the document, as a byte of it, or nothing: next and previous
    /// problem go on from there, unless the list itself has the focus.
    void setPlace(FindingsWalk::Place place) { m_walk.setPlace(std::move(place)); }
    /// Validate (F7), next and previous problem (F8, Shift+F8), Fix All Safe.
    void addToMenus(const Menus &menus) override;
    void focusFilter() override;
    void reload() override;
    /// A rule's id: shows its finding, or its explanation.
    void showItem(const PlaceItem &item) override;

    /// The findings of the document as they are listed, into a file. Fails with NotSaved.
    [[nodiscard]] Result<void> exportTo(const QString &path, ReportFormat format) const;

    [[nodiscard]] QTableView *table() const { return m_table; }
    [[nodiscard]] FindingsModel *model() const { return m_model; }
    [[nodiscard]] QTextBrowser *explanation() const { return m_explanation; }
    [[nodiscard]] QAction *fixAllAction() const { return m_fixAll; }

protected:
    void changeEvent(QEvent *event) override;

private:
    QAction *makeAction(const QString &name, const QString &iconName, const QString &text,
                        void (ProblemsDock::*run)());
    void makeActions();
    void build();
    QBoxLayout *makeButtons();

    void onFindings();
    void updateButtons();
    void showEmptyState();
    void goToCurrent();
    void step(int by);
    void validateNow();
    void reportCount();
    void fixCurrent();
    void sayOfEdit(const QString &text);
    void fixAll();
    void offer(const FixedText &fixedText);
    void explain();
    void explainCurrent();
    void showRules();
    void copy();
    void askWhereToExport();
    void checkPortal();
    void showAll();
    [[nodiscard]] const Finding *current() const;
    [[nodiscard]] QList<const Finding *> selected() const;

    DocumentFindings &m_findings;
    std::shared_ptr<Session> m_session;
    std::unique_ptr<QObject> m_work; // What was started for the session.
    FindingsModel *m_model;
    FindingsFilter *m_filter;
    FindingsWalk m_walk;
    QTableView *m_table;
    QTextBrowser *m_explanation;
    QStackedWidget *m_stack;
    NoProblems *m_empty;
    QLineEdit *m_text;
    QComboBox *m_profile;
    MessageBar *m_message;
    CallBar *m_progress;
    SeverityButtons *m_severities = nullptr;
    QAction *m_validate = nullptr;
    QAction *m_next = nullptr;
    QAction *m_previous = nullptr;
    QAction *m_fix = nullptr;
    QAction *m_fixAll = nullptr;
    QAction *m_explain = nullptr;
    QAction *m_copy = nullptr;
    QAction *m_export = nullptr;
    QAction *m_portal = nullptr;
};

} // namespace hubkeeper
