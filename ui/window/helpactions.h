// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QPointer>

class QAction;
class QDialog;
class QMainWindow;
class QWidget;

namespace hubkeeper {

class ManualWindow;
class PageNavigation;
struct WindowActions;

/// The Help menu: manual, command palette, shortcuts, about. The manual opens at the chapter of
/// what is in front: a page, or a dialog over it that has a chapter of its own.
class HelpActions final : public QObject
{
    Q_OBJECT

public:
    /// Dialogs open over `window`, which owns it; `pages` must outlive it.
    HelpActions(const PageNavigation &pages, QMainWindow &window);

    ~HelpActions() override;

    void connectTo(const WindowActions &actions);

private:
    void offerManual(QWidget *focus);
    void openPalette();
    void openManual();
    void keepUsableBeside(QDialog &dialog);
    void moveManual(QWidget *parent);
    void openShortcuts();
    void openAbout();

    const PageNavigation &m_pages;
    QMainWindow &m_window;
    QAction *m_openManual = nullptr;
    QPointer<ManualWindow> m_manual;
};

} // namespace hubkeeper
