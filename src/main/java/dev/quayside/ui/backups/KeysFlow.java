package dev.quayside.ui.backups;

import dev.quayside.backup.keys.KeyCheck;
import dev.quayside.backup.keys.KeyRole;
import dev.quayside.backup.keys.ShelvedKey;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.Secret;
import dev.quayside.ui.dialog.FileQuestion;
import dev.quayside.ui.dialog.Notice;
import dev.quayside.ui.dialog.SecretQuestion;
import dev.quayside.ui.fx.Background;
import dev.quayside.ui.shell.Workbench;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** Does what can be done with keys, and asks what has to be known for it. For the FX thread. */
final class KeysFlow {

  private final Workbench workbench;
  private final KeyDesk desk;
  private final Runnable changed;
  private final Background.Newest reading;
  private final ObservableList<ShelvedKey> keys = FXCollections.observableArrayList();

  /**
   * Joins them.
   *
   * @param changed told after each change
   */
  KeysFlow(Workbench workbench, KeyDesk desk, Runnable changed) {
    this.workbench = workbench;
    this.desk = desk;
    this.changed = changed;
    this.reading = workbench.background().newest();
  }

  /** Returns the keys as last read; changed by this flow only. */
  ObservableList<ShelvedKey> keys() {
    return keys;
  }

  /** Shows the keys. */
  void open() {
    reload();
    KeysSheet.open(workbench.sheets(), this);
  }

  void reload() {
    reading.run(
        desk::list,
        found -> {
          if (!keys.equals(found)) {
            keys.setAll(found);
          }
        },
        problem -> workbench.dialogs().problem(problem));
  }

  /** Asks for a certificate and imports it. */
  void add(KeyRole role) {
    workbench
        .dialogs()
        .choose(
            KeyTexts.publicKey(),
            file -> run(() -> desk.add(file, role), key -> said("key.imported", key)));
  }

  /** Asks for the owner, the file of the kit and a passphrase, and makes a key. */
  void create() {
    KeyCreateSheet.open(
        workbench.sheets(),
        workbench.dialogs(),
        (owner, kit) ->
            workbench
                .dialogs()
                .askSecret(
                    new SecretQuestion(
                        BackupsText.of("key.create.passphrase"),
                        BackupsText.of("key.create.passphrase.text"),
                        BackupsText.of("key.create.go"),
                        true),
                    typed -> made(owner, typed, kit)));
  }

  private void made(String owner, Secret typed, Path kit) {
    run(
        () -> {
          try (typed) {
            return desk.create(owner, typed, kit);
          }
        },
        key -> BackupsText.of("key.created", KeyTexts.name(key), kit));
  }

  void export(ShelvedKey key) {
    String tail = KeyTexts.tail(key.fingerprint());
    workbench
        .dialogs()
        .choose(
            KeyTexts.newFile(BackupsText.of("key.export"), tail + ".asc"),
            file ->
                run(
                    () -> desk.export(key.fingerprint(), file),
                    done -> BackupsText.of("key.exported", KeyTexts.name(done), file)));
  }

  void kit(ShelvedKey key) {
    String tail = KeyTexts.tail(key.fingerprint());
    workbench
        .dialogs()
        .choose(
            KeyTexts.newFile(BackupsText.of("key.kit"), "recovery-kit-" + tail + ".txt"),
            file ->
                run(
                    () -> desk.kit(key.fingerprint(), file),
                    done -> BackupsText.of("key.kit-written", KeyTexts.name(done), file)));
  }

  void remove(ShelvedKey key) {
    workbench
        .dialogs()
        .confirm(
            KeyTexts.remove(key),
            () ->
                run(
                    () -> desk.remove(key.fingerprint(), key.secretKept()),
                    done -> said("key.removed", done)));
  }

  /** Asks for the passphrase of the key {@code fingerprint} and tries it. */
  void check(String fingerprint) {
    workbench
        .background()
        .run(
            desk::list,
            found ->
                found.stream()
                    .filter(key -> key.fingerprint().equals(fingerprint))
                    .findFirst()
                    .ifPresent(this::check),
            problem -> workbench.dialogs().problem(problem));
  }

  void check(ShelvedKey key) {
    if (key.secretKept()) {
      ask(key, null);
    } else {
      workbench
          .dialogs()
          .choose(
              new FileQuestion(
                  BackupsText.of("restore.key.title"),
                  FileQuestion.Kind.OPEN,
                  null,
                  "",
                  "",
                  List.of()),
              file -> ask(key, file));
    }
  }

  private void ask(ShelvedKey key, @Nullable Path exported) {
    workbench
        .dialogs()
        .askSecret(
            new SecretQuestion(
                BackupsText.of("key.check.title", KeyTexts.name(key)),
                BackupsText.of("key.check.text"),
                BackupsText.of("key.check"),
                false),
            typed ->
                workbench
                    .background()
                    .run(
                        () -> {
                          try (typed) {
                            return desk.check(key.fingerprint(), exported, typed);
                          }
                        },
                        this::checked,
                        this::problem));
  }

  private void checked(Outcome<KeyCheck> outcome) {
    switch (outcome) {
      case Outcome.Done<KeyCheck>(KeyCheck check) -> tell(check);
      case Outcome.Found<KeyCheck>(KeyCheck check) -> tell(check);
      case Outcome.Attention<KeyCheck>(var check, Problem problem) -> problem(problem);
      case Outcome.Failed<KeyCheck>(Problem problem) -> problem(problem);
      case Outcome.Refused<KeyCheck>(Problem problem) -> problem(problem);
    }
  }

  private void tell(KeyCheck check) {
    again();
    workbench
        .dialogs()
        .notice(
            new Notice(
                check.right() ? Notice.Tone.GOOD : Notice.Tone.BAD,
                said(check.right() ? "key.right" : "key.wrong", check.key()),
                null,
                null));
  }

  private static String said(String key, ShelvedKey about) {
    return BackupsText.of(key, KeyTexts.name(about));
  }

  private void run(Background.Work<Outcome<ShelvedKey>> work, Function<ShelvedKey, String> words) {
    workbench
        .background()
        .run(
            work,
            outcome -> {
              switch (outcome) {
                case Outcome.Done<ShelvedKey>(ShelvedKey key) -> good(words.apply(key));
                case Outcome.Found<ShelvedKey>(ShelvedKey key) -> good(words.apply(key));
                case Outcome.Attention<ShelvedKey>(var key, Problem problem) -> problem(problem);
                case Outcome.Failed<ShelvedKey>(Problem problem) -> problem(problem);
                case Outcome.Refused<ShelvedKey>(Problem problem) -> problem(problem);
              }
            },
            this::problem);
  }

  private void good(String words) {
    again();
    workbench.dialogs().notice(new Notice(Notice.Tone.GOOD, words, null, null));
  }

  private void problem(Problem problem) {
    again();
    workbench.dialogs().problem(problem);
  }

  private void again() {
    reload();
    changed.run();
  }
}
