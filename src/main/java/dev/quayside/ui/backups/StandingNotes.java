package dev.quayside.ui.backups;

import dev.quayside.ui.dialog.LateNews;
import dev.quayside.ui.shell.Page;
import dev.quayside.ui.shell.Workbench;
import javafx.scene.Node;

/** Shows on another page what waits on the page of backups, with what can be done about it. */
public final class StandingNotes implements Page {

  private final Workbench workbench;
  private final LateNews news;
  private final StandingModel model;
  private final StandingBanners banners;
  private javafx.util.Subscription followed = javafx.util.Subscription.EMPTY;

  /** Makes it; nothing is read before it is seen. */
  public StandingNotes(Workbench workbench, BackupDesk desk) {
    this.workbench = workbench;
    this.news = new LateNews(workbench.dialogs(), workbench.sheets());
    this.model = new StandingModel(desk, workbench.background(), workbench.clock());
    this.banners =
        new StandingBanners(
            workbench,
            desk,
            news,
            model,
            new KeysFlow(workbench, desk.keys(), model::reload),
            StandingBanners.Place.ELSEWHERE);
  }

  @Override
  public Node view() {
    return banners;
  }

  @Override
  public void shown() {
    news.pageShown(true);
    model.reload();
    followed.unsubscribe();
    followed =
        workbench
            .status()
            .subscribe(_ -> {
              var _ = model.follow();
            });
  }

  @Override
  public void hidden() {
    news.pageShown(false);
    followed.unsubscribe();
  }

  @Override
  public void refresh() {
    model.reload();
  }

  @Override
  public void close() {
    followed.unsubscribe();
  }
}
