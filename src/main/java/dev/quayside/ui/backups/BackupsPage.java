package dev.quayside.ui.backups;

import dev.quayside.backup.BackupReceipt;
import dev.quayside.backup.ShelvedArchive;
import dev.quayside.backup.VerificationReport;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.Subscription;
import dev.quayside.ui.dialog.FileQuestion;
import dev.quayside.ui.dialog.Notice;
import dev.quayside.ui.dialog.SecretQuestion;
import dev.quayside.ui.shell.Page;
import dev.quayside.ui.shell.PageSpec;
import dev.quayside.ui.shell.StackChoice;
import dev.quayside.ui.shell.Workbench;
import dev.quayside.ui.theme.Icon;
import java.nio.file.Path;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Node;

/** Is the Backups page. */
public final class BackupsPage implements Page {

  private final Workbench workbench;
  private final BackupDesk desk;
  private final BackupsModel model;
  private final BackupsView view;
  private final BooleanProperty chosen = new SimpleBooleanProperty();
  private final Subscription actions;
  private javafx.util.Subscription ages = javafx.util.Subscription.EMPTY;

  /** Builds the page; nothing is read before it is seen. */
  public BackupsPage(Workbench workbench, BackupDesk desk) {
    this.workbench = workbench;
    this.desk = desk;
    this.model = new BackupsModel(desk, workbench.background(), workbench.jobs());
    BackupsActions all =
        new BackupsActions(
            BackupsActions.action("create", Icon.ADD, this::create),
            BackupsActions.action("verify", Icon.VERIFY, this::verify).enabledWhen(chosen),
            BackupsActions.action("restore-chosen", Icon.RESTORE, this::restoreChosen)
                .enabledWhen(chosen),
            BackupsActions.action("restore-file", Icon.FILE, this::restoreFile));
    this.view = new BackupsView(model, workbench.clock(), all, this::restore);
    this.actions = workbench.actions().register(all.all());
    view.chosen().subscribe(archive -> chosen.set(archive != null));
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
    model.reload();
    view.retellAges();
    ages.unsubscribe();
    ages = workbench.status().subscribe(_ -> view.retellAges());
  }

  @Override
  public void hidden() {
    ages.unsubscribe();
  }

  @Override
  public void refresh() {
    model.reload();
  }

  @Override
  public void close() {
    ages.unsubscribe();
    actions.close();
  }

  private void create() {
    String stack = workbench.stacks().chosen().get();
    if (stack.equals(StackChoice.ALL)) {
      workbench
          .dialogs()
          .notice(new Notice(Notice.Tone.WARN, BackupsText.of("choose-stack"), null, null));
      return;
    }
    workbench
        .background()
        .run(
            () -> desk.scope(stack),
            scope -> {
              CreateModel asked = new CreateModel(scope);
              CreateSheet.show(
                  workbench.sheets(),
                  workbench.dialogs(),
                  asked,
                  passphrase -> model.create(asked.request(passphrase), passphrase, this::created));
            },
            workbench.dialogs()::problem);
  }

  private void created(Outcome<BackupReceipt> outcome) {
    switch (outcome) {
      case Outcome.Done<BackupReceipt>(BackupReceipt receipt) -> tell(Notice.Tone.GOOD, receipt);
      case Outcome.Found<BackupReceipt>(BackupReceipt receipt) -> tell(Notice.Tone.GOOD, receipt);
      case Outcome.Attention<BackupReceipt>(BackupReceipt receipt, Problem problem) -> {
        tell(Notice.Tone.WARN, receipt);
        workbench.dialogs().problem(problem);
      }
      case Outcome.Failed<BackupReceipt>(Problem problem) -> workbench.dialogs().problem(problem);
      case Outcome.Refused<BackupReceipt>(Problem problem) -> workbench.dialogs().problem(problem);
    }
  }

  private void tell(Notice.Tone tone, BackupReceipt receipt) {
    workbench
        .dialogs()
        .notice(
            new Notice(
                tone,
                BackupsText.of("notice.created", receipt.archive().getFileName()),
                null,
                null));
  }

  private void verify() {
    ShelvedArchive archive = view.chosen().getValue();
    if (archive != null) {
      workbench
          .dialogs()
          .askSecret(
              new SecretQuestion(
                  BackupsText.of("verify.title", archive.archive().getFileName()),
                  BackupsText.of("verify.text"),
                  BackupsText.of("verify.go"),
                  false),
              typed -> model.verify(archive.archive(), typed, this::verified));
    }
  }

  private void verified(Outcome<VerificationReport> outcome) {
    switch (outcome) {
      case Outcome.Done<VerificationReport>(VerificationReport report) ->
          workbench
              .dialogs()
              .notice(
                  new Notice(
                      Notice.Tone.GOOD,
                      BackupsText.of("notice.sound", report.archive().getFileName()),
                      null,
                      null));
      case Outcome.Found<VerificationReport>(VerificationReport report) -> {
        if (report.fault() != null) {
          workbench.dialogs().problem(report.fault());
        }
      }
      case Outcome.Attention<VerificationReport>(VerificationReport report, Problem problem) ->
          workbench.dialogs().problem(problem);
      case Outcome.Failed<VerificationReport>(Problem problem) ->
          workbench.dialogs().problem(problem);
      case Outcome.Refused<VerificationReport>(Problem problem) ->
          workbench.dialogs().problem(problem);
    }
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
                List.of("*.pgp", "*.gpg", "*.asc")),
            this::restore);
  }

  private void restore(Path archive) {
    RestoreSheet.open(
        workbench.sheets(),
        workbench.dialogs(),
        new RestoreModel(desk, workbench.background(), workbench.jobs(), archive));
  }
}
