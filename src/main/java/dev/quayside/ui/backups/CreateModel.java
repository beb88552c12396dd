package dev.quayside.ui.backups;

import dev.quayside.backup.BackupRequest;
import dev.quayside.backup.BackupScope;
import dev.quayside.backup.Compression;
import dev.quayside.backup.Protection;
import dev.quayside.backup.keys.KeyRole;
import dev.quayside.backup.keys.ShelvedKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a new backup takes in, where it goes and who can open it. Belongs to the FX thread.
 */
final class CreateModel {

  private final BackupScope offered;
  private final ObservableList<Choice<BackupScope.Postgres>> databases = choices();
  private final ObservableList<Choice<BackupScope.Folder>> folders = choices();
  private final ObservableList<Choice<BackupScope.SingleFiles>> files = choices();
  private final ObservableList<Choice<BackupScope.Mounted>> mounted = choices();
  private final ObservableList<Choice<ShelvedKey>> shelved = choices();
  private final BooleanProperty mayStop = new SimpleBooleanProperty(true);
  private final ObjectProperty<@Nullable Path> target = new SimpleObjectProperty<>();
  private final BooleanProperty byPassphrase = new SimpleBooleanProperty(true);
  private final BooleanProperty passphraseReady = new SimpleBooleanProperty();
  private final ObservableList<Path> recipients = FXCollections.observableArrayList();
  private final BooleanBinding ready;

  /**
   * Is one thing that can be saved.
   *
   * @param <T> what it is
   */
  static final class Choice<T> {
    private final T what;
    private final BooleanProperty taken = new SimpleBooleanProperty(true);

    Choice(T what) {
      this(what, true);
    }

    Choice(T what, boolean taken) {
      this.what = what;
      this.taken.set(taken);
    }

    T what() {
      return what;
    }

    BooleanProperty taken() {
      return taken;
    }
  }

  /**
   * Offers what there is.
   *
   * @param keys the shelf; those that archives can be made for are offered
   */
  CreateModel(BackupScope offered, List<ShelvedKey> keys) {
    this.offered = offered;
    keys.stream()
        .filter(key -> key.role() == KeyRole.RECIPIENT && key.usable())
        .forEach(key -> shelved.add(new Choice<>(key, false)));
    offered.databases().forEach(one -> databases.add(new Choice<>(one)));
    offered.folders().forEach(one -> folders.add(new Choice<>(one)));
    offered.files().forEach(one -> files.add(new Choice<>(one)));
    offered.mounted().forEach(one -> mounted.add(new Choice<>(one)));
    this.ready =
        Bindings.createBooleanBinding(
            this::complete,
            databases,
            folders,
            files,
            mounted,
            target,
            byPassphrase,
            passphraseReady,
            recipients,
            shelved);
  }

  private static <T> ObservableList<Choice<T>> choices() {
    return FXCollections.observableArrayList(choice -> new Observable[] {choice.taken()});
  }

  String stack() {
    return offered.stack();
  }

  List<BackupScope.LeftOut> leftOut() {
    return Stream.concat(offered.leftOut().stream(), offered.missing().stream()).toList();
  }

  ObservableList<Choice<BackupScope.Postgres>> databases() {
    return databases;
  }

  ObservableList<Choice<BackupScope.Folder>> folders() {
    return folders;
  }

  ObservableList<Choice<BackupScope.SingleFiles>> files() {
    return files;
  }

  ObservableList<Choice<BackupScope.Mounted>> mounted() {
    return mounted;
  }

  /** Returns the services that would stand still while their data is copied. */
  List<String> stopped() {
    return offered.stopped();
  }

  BooleanProperty mayStop() {
    return mayStop;
  }

  /** The folder the archive is written to. */
  ObjectProperty<@Nullable Path> target() {
    return target;
  }

  /** Whether a passphrase protects it, or the keys of {@link #recipients}. */
  BooleanProperty byPassphrase() {
    return byPassphrase;
  }

  /** Set by the view while a passphrase was typed twice alike. */
  BooleanProperty passphraseReady() {
    return passphraseReady;
  }

  /** Returns the keys of the shelf. */
  ObservableList<Choice<ShelvedKey>> shelved() {
    return shelved;
  }

  /** Returns the files with other public keys; changed by this model only. */
  ObservableList<Path> recipients() {
    return recipients;
  }

  /** Adds a file with a public key, unless it is there. */
  void addRecipient(Path file) {
    Path full = file.toAbsolutePath().normalize();
    if (!recipients.contains(full)) {
      recipients.add(full);
    }
  }

  /** Takes a file with a public key out again. */
  void removeRecipient(Path file) {
    recipients.remove(file);
  }

  /** Returns whether everything needed was said. */
  BooleanBinding ready() {
    return ready;
  }

  /** Adds a folder under a label that no other has. */
  void addFolder(Path path) {
    if (folders.stream().noneMatch(choice -> choice.what().path().equals(path))) {
      folders.add(new Choice<>(new BackupScope.Folder(freeLabel(path), path)));
    }
  }

  private String freeLabel(Path path) {
    String wanted = BackupScope.label(path);
    Set<String> taken = new HashSet<>();
    folders.forEach(choice -> taken.add(choice.what().label()));
    files.forEach(choice -> taken.add(choice.what().label()));
    String label = wanted;
    for (int i = 2; taken.contains(label); i++) {
      label = wanted + "-" + i;
    }
    return label;
  }

  private boolean complete() {
    boolean something =
        databases.stream().anyMatch(choice -> choice.taken().get())
            || folders.stream().anyMatch(choice -> choice.taken().get())
            || files.stream().anyMatch(choice -> choice.taken().get())
            || mounted.stream().anyMatch(choice -> choice.taken().get());
    boolean locked = byPassphrase.get() ? passphraseReady.get() : !keys().isEmpty();
    return something && target.get() != null && locked;
  }

  /** Returns the request; what was not taken is named as left out. */
  BackupRequest request(HeldPassphrase passphrase) {
    Path folder = target.get();
    if (folder == null) {
      throw new IllegalStateException("no folder was chosen");
    }
    List<BackupScope.LeftOut> leftOut = new ArrayList<>(offered.leftOut());
    String reason = BackupsText.of("create.not-chosen");
    databases.stream()
        .filter(choice -> !choice.taken().get())
        .forEach(choice -> leftOut.add(new BackupScope.LeftOut(name(choice.what()), reason)));
    folders.stream()
        .filter(choice -> !choice.taken().get())
        .forEach(choice ->
            leftOut.add(new BackupScope.LeftOut(choice.what().path().toString(), reason)));
    files.stream()
        .filter(choice -> !choice.taken().get())
        .flatMap(choice -> choice.what().files().stream())
        .forEach(file -> leftOut.add(new BackupScope.LeftOut(file.toString(), reason)));
    mounted.stream()
        .filter(choice -> !choice.taken().get())
        .forEach(choice -> leftOut.add(new BackupScope.LeftOut(choice.what().source(), reason)));
    BackupScope scope =
        new BackupScope(
            offered.stack(),
            offered.kind(),
            taken(folders),
            taken(files),
            taken(databases),
            offered.services(),
            leftOut,
            taken(mounted),
            offered.writing(),
            offered.keys(),
            offered.missing());
    Protection protection =
        byPassphrase.get()
            ? new Protection.Passphrase(passphrase)
            : new Protection.Recipients(keys());
    return new BackupRequest(scope, folder, protection, Compression.ZSTD, mayStop.get());
  }

  private List<Path> keys() {
    List<Path> all = new ArrayList<>(recipients);
    taken(shelved).forEach(key -> all.add(key.certificate()));
    return all;
  }

  static String name(BackupScope.Postgres database) {
    return database.database() == null
        ? database.service()
        : database.service() + "/" + database.database();
  }

  private static <T> List<T> taken(List<Choice<T>> choices) {
    return choices.stream().filter(choice -> choice.taken().get()).map(Choice::what).toList();
  }
}
