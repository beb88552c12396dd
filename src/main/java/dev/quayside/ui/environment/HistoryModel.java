package dev.quayside.ui.environment;

import dev.quayside.common.Problem;
import dev.quayside.stack.settings.EnvDifference;
import dev.quayside.stack.settings.EnvTarget;
import dev.quayside.stack.settings.EnvVersion;
import dev.quayside.ui.fx.Background;
import java.nio.file.Path;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** Holds the older versions of the chosen file. Belongs to the FX thread. */
final class HistoryModel {

  private final EnvironmentDesk desk;
  private final Background.Newest listing;
  private final Background.Newest comparing;
  private final ObservableList<EnvVersion> versions = FXCollections.observableArrayList();
  private final ReadOnlyObjectWrapper<List<Path>> unread = new ReadOnlyObjectWrapper<>(List.of());
  private final ReadOnlyObjectWrapper<@Nullable Problem> problem = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<Compared> compared =
      new ReadOnlyObjectWrapper<>(new Compared.Nothing());
  private @Nullable EnvTarget target;

  /** Tells how the chosen version differs from the file. */
  sealed interface Compared {
    /** No version is chosen. */
    record Nothing() implements Compared {}

    /** It is being read. */
    record Reading() implements Compared {}

    /** These are the differences; none for the same bytes. */
    record Differences(List<EnvDifference> all) implements Compared {
      /** Makes the list immutable. */
      public Differences {
        all = List.copyOf(all);
      }
    }

    /** It could not be read. */
    record Failed(Problem problem) implements Compared {}
  }

  HistoryModel(EnvironmentDesk desk, Background background) {
    this.desk = desk;
    this.listing = background.newest();
    this.comparing = background.newest();
  }

  /** Returns the versions, newest first; changed by this model only. */
  ObservableList<EnvVersion> versions() {
    return versions;
  }

  /** Returns why the history cannot be read; null where it could be. */
  ReadOnlyObjectProperty<@Nullable Problem> problem() {
    return problem.getReadOnlyProperty();
  }

  /** Returns where copies may lie that could not be read. */
  ReadOnlyObjectProperty<List<Path>> unread() {
    return unread.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<Compared> compared() {
    return compared.getReadOnlyProperty();
  }

  /** Lists the versions of {@code file}; null for none. */
  void show(@Nullable EnvTarget file) {
    EnvTarget before = target;
    target = file;
    if (file == null) {
      listing.forget();
      versions.clear();
      problem.set(null);
      unread.set(List.of());
      return;
    }
    if (before == null || !before.file().equals(file.file())) {
      versions.clear();
      unread.set(List.of());
      compare(null);
    }
    listing.run(
        () -> desk.history(file),
        found -> {
          problem.set(null);
          unread.set(found.unread());
          if (!versions.equals(found.versions())) {
            versions.setAll(found.versions());
          }
        },
        problem::set);
  }

  /** Compares {@code version} with the file as it is now; null for none. */
  void compare(@Nullable EnvVersion version) {
    EnvTarget file = target;
    if (file == null || version == null) {
      comparing.forget();
      compared.set(new Compared.Nothing());
      return;
    }
    compared.set(new Compared.Reading());
    comparing.run(
        () -> desk.diff(file, version),
        found -> compared.set(new Compared.Differences(found)),
        failure -> compared.set(new Compared.Failed(failure)));
  }
}
