// SPDX-License-Identifier: MIT
#include "idmtour.h"

#include "idm/deploy/deploytab.h"
#include "idm/idmpage.h"
#include "idm/mappings/mappingsview.h"
#include "idm/preview/previewtab.h"
#include "idm/run/runtab.h"
#include "idm/status/statustab.h"
#include "provisioner/document/document.h"
#include "widgets/messagebar.h"
#include "window/mainwindow.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hubkeeper {

namespace {

constexpr auto idmPatience = 30s;
constexpr int idmTurnsToPaint = 20;
constexpr auto permits = "/configurationProperties/permitsPerSecond"_L1;

/// What the steps share.
struct Visit
{
    MainWindow &window;
    IdmTour::Picture picture;

    [[nodiscard]] IdmPage &page() const
    {
        return *static_cast<IdmPage *>(window.page(PageId::Idm));
    }
    [[nodiscard]] StatusTab &status() const { return *page().findChild<StatusTab *>(); }
    [[nodiscard]] DeployTab &deploy() const { return *page().findChild<DeployTab *>(); }
    [[nodiscard]] Document &document() const
    {
        return *window.page(PageId::Configuration)->document();
    }
    /// Waits for `isThere`, and until it is painted; then takes the picture.
    Call<QString> *look(std::function<bool()> isThere, const QString &name,
                        std::function<QString()> seen, QObject *parent) const
    {
        return new WaitUntil(
            [isThere = std::move(isThere), turns = 0]() mutable {
                return isThere() && ++turns > idmTurnsToPaint;
            },
            [picture = picture, name, seen = std::move(seen)]() -> Result<QString> {
                return seen() + u", "_s + picture(name);
            },
            idmPatience, parent);
    }
    [[nodiscard]] bool says(MessageBar::Kind kind) const
    {
        const QList<MessageBar *> bars = deploy().findChildren<MessageBar *>();
        return std::any_of(bars.begin(), bars.end(), [kind](const MessageBar *bar) {
            return bar->isVisible() && bar->kind() == kind;
        });
    }
};

using VisitStep = Call<QString> *(*)(const Visit &visit, QObject *parent);

Call<QString> *seeStatus(const Visit &visit, QObject *parent)
{
    visit.window.showPlace({PageId::Idm, {}});
    return visit.look([visit] { return visit.status().status().has_value(); }, u"idm-status"_s,
                      [visit] { return visit.status().status()->detail; }, parent);
}

Call<QString> *seeDifference(const Visit &visit, QObject *parent)
{
    visit.page().showTab(&visit.deploy());
    Document &document = visit.document();
    const int before = document.value(permits).toInt();
    const auto set = document.setValue(permits, before + 2, u"Tour"_s);
    const auto saved = set ? document.save(true) : set;
    if (!saved)
        return new ReadyCall<QString>(tl::unexpected(saved.error()), parent);
    return visit.look([visit] { return visit.deploy().plan().has_value(); }, u"idm-deploy"_s,
                      [visit] {
                          return u"%1 values differ"_s.arg(
                              visit.deploy().plan()->difference->changes.size());
                      },
                      parent);
}

Call<QString> *seeDeployment(const Visit &visit, QObject *parent)
{
    visit.deploy().deploy(); // The practice IDM is free to be written to.
    return visit.look([visit] { return visit.says(MessageBar::Good); }, u"idm-deployed"_s,
                      [] { return u"it is active"_s; }, parent);
}

Call<QString> *seeRollBack(const Visit &visit, QObject *parent)
{
    const auto isBack = [visit] {
        const auto &plan = visit.deploy().plan();
        return plan && plan->difference && !plan->difference->changes.isEmpty();
    };
    visit.deploy().rollBackLast();
    return new WaitUntil(
        isBack,
        [visit]() -> Result<QString> {
            visit.document().undo();
            const auto saved = visit.document().save(true);
            if (!saved)
                return tl::unexpected(saved.error());
            return u"the server has what it had before"_s;
        },
        idmPatience, parent);
}

Call<QString> *seeMappings(const Visit &visit, QObject *parent)
{
    auto *mappings = visit.page().findChild<MappingsView *>();
    visit.page().showTab(mappings);
    mappings->readServer();
    return visit.look([mappings] { return !mappings->findings().isEmpty(); }, u"idm-mappings"_s,
                      [mappings] { return u"%1 findings"_s.arg(mappings->findings().size()); },
                      parent);
}

Call<QString> *seePreview(const Visit &visit, QObject *parent)
{
    auto *preview = visit.page().findChild<PreviewTab *>();
    visit.page().showTab(preview);
    const auto isComputed = [preview, runs = false]() mutable {
        auto *run = preview->findChild<QPushButton *>(u"previewRun"_s);
        const auto *mapping = preview->findChild<QComboBox *>(u"previewMapping"_s);
        if (!runs && run->isEnabled() && mapping->count() > 0) {
            runs = true;
            run->click();
        }
        return preview->outcome() != nullptr;
    };
    return visit.look(
        isComputed, u"idm-preview"_s,
        [preview] {
            return u"%1 would be deleted"_s.arg(
                preview->outcome()->countOf(SyncAction::Delete).known);
        },
        parent);
}

/// The preview is taken first: the run is held against it.
Call<QString> *seeRun(const Visit &visit, QObject *parent)
{
    auto *run = visit.page().findChild<RunTab *>();
    visit.page().showTab(run);
    const auto clickOnce = [run](const QString &name, bool &isClicked) {
        auto *button = run->findChild<QPushButton *>(name);
        if (!isClicked && button->isEnabled()) {
            isClicked = true;
            button->click();
        }
        return isClicked;
    };
    const auto isOver = [run, clickOnce, isTaken = false, isStarted = false]() mutable {
        const bool hasPreview = clickOnce(u"usePreview"_s, isTaken)
            && run->findChild<QPushButton *>(u"noPreview"_s)->isEnabled();
        return hasPreview && clickOnce(u"startRun"_s, isStarted)
            && run->findChild<MessageBar *>(u"runMessages"_s)->isVisible();
    };
    return visit.look(
        isOver, u"idm-run"_s, [run] { return run->findChild<QLabel *>(u"runSummary"_s)->text(); },
        parent);
}

} // namespace

IdmTour::IdmTour(MainWindow &window, Picture picture)
    : m_window(window)
    , m_picture(std::move(picture))
{
}

void IdmTour::addSteps(TourRunner &runner) const
{
    const std::pair<QString, VisitStep> steps[] = {
        {u"Is the connector active in IDM?"_s, seeStatus},
        {u"Compare with the server"_s, seeDifference},
        {u"Deploy"_s, seeDeployment},
        {u"Roll back"_s, seeRollBack},
        {u"What is wrong with its mappings"_s, seeMappings},
        {u"What would a reconciliation do?"_s, seePreview},
        {u"Does it do that?"_s, seeRun}};
    for (const auto &[name, step] : steps)
        runner.add(name, [visit = Visit {m_window, m_picture}, step](QObject *parent) {
            return step(visit, parent);
        });
}

} // namespace hubkeeper
