// SPDX-License-Identifier: MIT
#pragma once

#include "tourrunner.h"
#include "widgets/place.h"

class QTableView;

namespace hubkeeper {

class ChangesDock;
class MainWindow;
class RecordsPage;
class SecretVault;
class TourBrowser;

/// A walk through the real window on the practice portal, as a user would go: opens the sample
/// provisioner, stores its secrets, tests, looks at every page, edits a record with the keyboard,
/// applies, proves by re-reading, reverts. Saves a picture of every page. What `./run` does on a
/// machine without a display.
class Tour final : public QObject
{
    Q_OBJECT

public:
    /// Window, vault and browser must outlive the tour. `folder` exists. The window opens addresses
    /// in the browser.
    Tour(MainWindow &window, SecretVault &vault, TourBrowser &browser, QString folder);

    void start();

signals:
    /// 0 if every step passed.
    void finished(int exitCode);

private:
    void addConnectionSteps();
    void addDialogSteps();
    void addReadingSteps();
    void addWritingSteps();

    Call<QString> *openPractice(QObject *parent);
    Call<QString> *findKeychain(QObject *parent);
    Call<QString> *storeSecrets(QObject *parent);
    Call<QString> *signIn(QObject *parent);
    Call<QString> *finishSignIn(QObject *parent);
    Call<QString> *showSecrets(QObject *parent);
    Call<QString> *findLeaks(QObject *parent);
    Call<QString> *showCertificate(QObject *parent);
    Call<QString> *showOtherDialogs(QObject *parent);
    Call<QString> *test(QObject *parent);
    Call<QString> *readSchema(QObject *parent);
    Call<QString> *showPage(PageId id, QObject *parent);
    Call<QString> *compareSchema(QObject *parent);
    Call<QString> *runScript(QObject *parent);
    Call<QString> *showRequests(QObject *parent);
    Call<QString> *browse(PageId id, QObject *parent);
    Call<QString> *maskPersonalData(QObject *parent);
    Call<QString> *edit(QObject *parent);
    Call<QString> *apply(const QString &picture, QObject *parent);
    Call<QString> *prove(const QString &expected, QObject *parent);
    Call<QString> *revert(QObject *parent);

    /// Saves a picture of the window and gives its name.
    [[nodiscard]] QString picture(const QString &name);
    /// Of another window.
    [[nodiscard]] QString picture(const QString &name, QWidget &window);
    /// Starts an action by its name and takes a picture of the dialog or window it opens.
    [[nodiscard]] Result<QString> pictureOf(const QString &action, const QString &name);
    [[nodiscard]] RecordsPage *records(PageId id) const;
    [[nodiscard]] ChangesDock *changes() const;

    MainWindow &m_window;
    SecretVault &m_vault;
    TourBrowser &m_browser;
    const QString m_folder;
    TourRunner m_runner;
    int m_number = 0;
    QString m_recordId;
    QString m_before;
    QString m_after;
};

} // namespace hubkeeper
