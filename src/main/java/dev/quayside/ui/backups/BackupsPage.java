package dev.quayside.ui.backups;

import dev.quayside.backup.BackupReceipt;
import dev.quayside.backup.BackupScope;
import dev.quayside.backup.ForeignReceipt;
import dev.quayside.backup.ForeignReport;
import dev.quayside.backup.RestoreReceipt;
import dev.quayside.backup.ShelvedArchive;
import dev.quayside.backup.VerificationReport;
import dev.quayside.backup.drill.DrillReceipt;
import dev.quayside.backup.landing.LandingReceipt;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.Subscription;
import dev.quayside.ui.dialog.FileQuestion;
import dev.quayside.ui.dialog.LateNews;
import dev.quayside.ui.dialog.Notice;
import dev.quayside.ui.shell.Page;
import dev.quayside.ui.shell.PageSpec;
import dev.quayside.ui.shell.StackButtons;
import dev.quayside.ui.shell.StackChoice;
import dev.quayside.ui.shell.Workbench;
import dev.quayside.ui.theme.Icon;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ChangeListener;
import javafx.scene.Node;
import javafx.scene.layout.VBox;

/** Is the Backups page. */
public final class BackupsPage implements Page {

  private final Workbench workbench;
  private final BackupDesk desk;
  private final BackupsModel model;
  private final BackupsView view;
  private final BooleanProperty chosen = new SimpleBooleanProperty();
  private final StandingModel standing;
  private final KeysFlow keys;
  private final ScheduleFlow schedule;
  private final SideCards cards;
  private final StackButtons stackButtons;
  private final LateNews news;
  private final Subscription actions;
  private final ChangeListener<String> stackChosen = (source, before, now) -> chooseStack();
  private javafx.util.Subscription ages = javafx.util.Subscription.EMPTY;

  /** Builds the page; nothing is read before it is seen. */
  public BackupsPage(Workbench workbench, BackupDesk desk) {
    this.workbench = workbench;
    this.desk = desk;
    this.news = new LateNews(workbench.dialogs(), workbench.sheets());
    this.model = new BackupsModel(desk, workbench.background(), workbench.jobs());
    this.standing = new StandingModel(desk, workbench.background(), workbench.clock());
    this.keys = new KeysFlow(workbench, desk.keys(), standing::reload);
    this.schedule = new ScheduleFlow(workbench, desk, standing::reload);
    this.cards = new SideCards(standing, schedule::open, keys::open);
    BackupsActions all =
        new BackupsActions(
            BackupsActions.action("create", Icon.ADD, this::create)
                .enabledWhen(model.asked().isNull()),
            BackupsActions.action("verify", Icon.VERIFY, this::verify).enabledWhen(chosen),
            BackupsActions.action("drill", Icon.DRILL, this::drill).enabledWhen(chosen),
            BackupsActions.action("restore-chosen", Icon.RESTORE, this::restoreChosen)
                .enabledWhen(chosen),
            BackupsActions.action("restore-file", Icon.FILE, this::restoreFile),
            BackupsActions.action("schedule", Icon.CLOCK, schedule::open),
            BackupsActions.action("keys", Icon.SECRETS, keys::open));
    this.stackButtons = new StackButtons(workbench.stacks());
    this.view =
        new BackupsView(model, workbench.clock(), all, stackButtons, above(), this::restore);
    this.actions = workbench.actions().register(all.all());
    view.chosen().subscribe(archive -> chosen.set(archive != null));
    workbench.stacks().chosen().addListener(stackChosen);
    chooseStack();
  }

  /** Describes the page for the rail. */
  public static PageSpec spec(BackupDesk desk) {
    return new PageSpec(
        "backups",
        BackupsText.of("title"),
        Icon.BACKUPS,
        workbench -> new BackupsPage(workbench, desk));
  }

  @Override
  public Node view() {
    return view;
  }

  @Override
  public void shown() {
    news.pageShown(true);
    refresh();
    view.retellAges();
    ages.unsubscribe();
    ages =
        workbench
            .status()
            .subscribe(_ -> {
              view.retellAges();
              if (standing.follow()) {
                // Archives come and go by timers and the command line, too.
                model.reload();
              }
            });
  }

  @Override
  public void hidden() {
    news.pageShown(false);
    ages.unsubscribe();
  }

  @Override
  public void refresh() {
    model.reload();
    standing.reload();
  }

  @Override
  public void close() {
    ages.unsubscribe();
    workbench.stacks().chosen().removeListener(stackChosen);
    stackButtons.unfollow();
    actions.close();
  }

  private Node above() {
    VBox above =
        new VBox(
            new StandingBanners(
                workbench, desk, news, standing, keys, StandingBanners.Place.BACKUPS),
            cards);
    above.getStyleClass().add("page-stack");
    return above;
  }

  private void chooseStack() {
    model.forgetScope();
    cards.stackChosen(workbench.stacks().chosen().get());
    view.stackChosen(!workbench.stacks().chosen().get().equals(StackChoice.ALL));
  }

  private void create() {
    if (!workbench.stacks().chooseOnly()) {
      workbench
          .dialogs()
          .notice(new Notice(Notice.Tone.INFO, BackupsText.of("choose-stack"), null, null));
    } else {
      model.scope(workbench.stacks().chosen().get(), this::asked, this::notAsked);
    }
  }

  private void asked(BackupScope scope) {
    news.answered(
        Notice.Tone.INFO,
        BackupsText.of("notice.asked", scope.stack()),
        BackupsText.of("notice.choose"),
        () -> {
          Standing known = standing.standing().get();
          CreateModel asked = new CreateModel(scope, known == null ? List.of() : known.keys());
          CreateSheet.show(
              workbench.sheets(),
              workbench.dialogs(),
              asked,
              passphrase -> model.create(asked.request(passphrase), passphrase, this::created));
        });
  }

  private void notAsked(Problem problem) {
    news.answered(Notice.Tone.WARN, problem.title(), details(), explain(problem));
  }

  private void created(Outcome<BackupReceipt> outcome) {
    switch (outcome) {
      case Outcome.Done<BackupReceipt>(BackupReceipt receipt) -> tell(saved(receipt));
      case Outcome.Found<BackupReceipt>(BackupReceipt receipt) -> tell(saved(receipt));
      case Outcome.Attention<BackupReceipt>(BackupReceipt receipt, Problem problem) ->
          news.ended(
              Notice.Tone.WARN,
              saved(receipt) + "\n" + problem.title(),
              details(),
              explain(problem));
      case Outcome.Failed<BackupReceipt>(Problem problem) -> failed(problem);
      case Outcome.Refused<BackupReceipt>(Problem problem) -> failed(problem);
    }
  }

  private static String saved(BackupReceipt receipt) {
    return BackupsText.of("notice.created", receipt.archive().getFileName());
  }

  private void tell(String text) {
    workbench.dialogs().notice(new Notice(Notice.Tone.GOOD, text, null, null));
  }

  private void attention(Problem problem) {
    news.ended(Notice.Tone.WARN, problem.title(), details(), explain(problem));
  }

  private void failed(Problem problem) {
    news.ended(Notice.Tone.BAD, problem.title(), details(), explain(problem));
  }

  private static String details() {
    return BackupsText.of("notice.details");
  }

  private Runnable explain(Problem problem) {
    return () -> workbench.dialogs().problem(problem);
  }

  private void verify() {
    ShelvedArchive archive = view.chosen().getValue();
    if (archive != null) {
      UnlockSheet.open(
          workbench.sheets(),
          workbench.dialogs(),
          BackupsText.of("verify.title", archive.archive().getFileName()),
          BackupsText.of("verify.text"),
          BackupsText.of("verify.go"),
          (passphrase, key) -> model.verify(archive.archive(), passphrase, key, this::verified));
    }
  }

  private void drill() {
    ShelvedArchive archive = view.chosen().getValue();
    if (archive != null) {
      DrillSheet.open(
          workbench.sheets(),
          workbench.dialogs(),
          new DrillModel(
              desk.drills(), workbench.background(), workbench.jobs(), archive, this::drilled));
    }
  }

  private void drilled(DrillModel.Step step) {
    model.reload();
    switch (step) {
      case DrillModel.Step.Ended(DrillReceipt receipt, var problem) ->
          workbench
              .dialogs()
              .notice(
                  new Notice(
                      receipt.proven() ? Notice.Tone.GOOD : Notice.Tone.WARN,
                      BackupsText.of(
                          "notice.drilled",
                          receipt.archive().getFileName(),
                          DrillTexts.verdict(receipt)),
                      null,
                      null));
      case DrillModel.Step.Locked(var problem) -> {
        if (problem != null) {
          workbench
              .dialogs()
              .notice(new Notice(Notice.Tone.BAD, problem.title(), details(), explain(problem)));
        }
      }
      case DrillModel.Step.Running(var job) -> {}
    }
  }

  private void verified(Outcome<VerificationReport> outcome) {
    switch (outcome) {
      case Outcome.Done<VerificationReport>(VerificationReport report) -> found(report);
      case Outcome.Found<VerificationReport>(VerificationReport report) -> found(report);
      case Outcome.Attention<VerificationReport>(VerificationReport report, Problem problem) ->
          attention(problem);
      case Outcome.Failed<VerificationReport>(Problem problem) -> failed(problem);
      case Outcome.Refused<VerificationReport>(Problem problem) -> failed(problem);
    }
  }

  private void found(VerificationReport report) {
    if (report.fault() == null) {
      tell(sound(report));
    } else {
      failed(report.fault());
    }
  }

  private static String sound(VerificationReport report) {
    return BackupsText.of("notice.sound", report.archive().getFileName());
  }

  private void restoreChosen() {
    ShelvedArchive archive = view.chosen().getValue();
    if (archive != null) {
      restore(archive.archive());
    }
  }

  private void restoreFile() {
    workbench
        .dialogs()
        .choose(
            new FileQuestion(
                BackupsText.of("restore.file.title"),
                FileQuestion.Kind.OPEN,
                null,
                "",
                BackupsText.of("archives.filter"),
                List.of(
                    "*.pgp", "*.gpg", "*.asc", "*.tar", "*.tgz", "*.gz", "*.zst", "*.sql",
                    "*.dump")),
            this::restore);
  }

  private void restore(Path archive) {
    RestoreSheet.open(
        workbench.sheets(),
        workbench.dialogs(),
        new RestoreModel(
            desk, workbench.background(), workbench.jobs(), archive, stacks(), standing::reload),
        this::restoredLater);
  }

  /** Returns the stacks that something can go over, the one that is looked at first. */
  private List<String> stacks() {
    String chosen = workbench.stacks().chosen().get();
    return workbench.stacks().names().stream()
        .filter(name -> !name.equals(StackChoice.ALL))
        .sorted(Comparator.comparing(name -> !name.equals(chosen)))
        .toList();
  }

  /** Tells how a restore went on whose sheet was closed. */
  private void restoredLater(RestoreStep step) {
    switch (step) {
      case RestoreStep.Verified(VerificationReport report, var plan) -> tell(sound(report));
      case RestoreStep.Restored(RestoreReceipt receipt, var problem) -> {
        if (problem == null) {
          tell(BackupsText.of("job.restored", receipt.folder()));
        } else {
          attention(problem);
        }
      }
      case RestoreStep.Failed(Problem problem, var back) -> failed(problem);
      case RestoreStep.Locked(var problem) -> {}
      case RestoreStep.Opening() -> {}
      case RestoreStep.Surveying(var job) -> {}
      case RestoreStep.Surveyed(ForeignReport report) -> {
        Problem obstacle = ForeignTexts.obstacle(report);
        if (obstacle == null) {
          tell(BackupsText.of("job.surveyed", report.file().getFileName()));
        } else {
          failed(obstacle);
        }
      }
      case RestoreStep.Unpacked(ForeignReceipt receipt, var problem) -> {
        if (problem == null) {
          tell(BackupsText.of("job.restored", receipt.folder()));
        } else {
          attention(problem);
        }
      }
      case RestoreStep.Preview(var plan) -> {}
      case RestoreStep.Verifying(var plan, var job) -> {}
      case RestoreStep.Restoring(var folder, var job) -> {}
      case RestoreStep.Planning(var stack) -> {}
      case RestoreStep.Planned planned -> {}
      case RestoreStep.Landing(var stack, var job) -> {}
      case RestoreStep.Landed(LandingReceipt receipt, var problem) -> {
        if (problem == null) {
          tell(BackupsText.of("job.landed", receipt.stack()));
        } else {
          attention(problem);
        }
      }
    }
  }
}
