package dev.quayside.stack.picture;

import dev.quayside.catalogue.DataFolder;
import dev.quayside.catalogue.StackKind;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.stack.StackDefinition;
import dev.quayside.stack.env.EnvEntry;
import dev.quayside.stack.env.EnvFile;
import dev.quayside.stack.picture.StackPicture.Unplaced;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Holds where a stack keeps data: the places that the catalogue knows, and what its services mount
 * beside them.
 *
 * @param data known places
 * @param mounts the others, by source
 */
record StackPlaces(List<StackPicture.Data> data, List<StackPicture.Mounted> mounts) {

  private static final PlacePath IN_DOCKER = new PlacePath(null, null);

  /**
   * Finds the places; reads env files for the variables in paths.
   *
   * @param session tells what Compose gets of the session's variables
   */
  static StackPlaces of(
      StackKind kind,
      @Nullable Path root,
      @Nullable ComposeInvocation called,
      @Nullable StackDefinition definition,
      Session session) {
    PlacePath.Values values = name -> setting(called, name, session);
    List<StackPicture.Data> data = new ArrayList<>();
    for (DataFolder known : kind.dataFolders()) {
      PlacePath place =
          known.where() != DataFolder.Where.FOLDER
              ? IN_DOCKER
              : root == null
                  ? PlacePath.unknown(Unplaced.Why.NO_FOLDER, "")
                  : PlacePath.of(known.path(), root, values);
      data.add(new StackPicture.Data(known, place.path(), place.unplaced()));
    }
    return new StackPlaces(
        data, definition == null ? List.of() : others(data, called, definition, values));
  }

  /** Tells what Compose gets of the session's variables. */
  @FunctionalInterface
  interface Session {
    /** Returns the value of {@code name}; null where Compose gets none. */
    @Nullable String of(String name);
  }

  private static List<StackPicture.Mounted> others(
      List<StackPicture.Data> data,
      @Nullable ComposeInvocation called,
      StackDefinition definition,
      PlacePath.Values values) {
    record Use(StackDefinition.Mount mount, String service) {}
    TreeMap<String, List<Use>> bySource = new TreeMap<>();
    definition
        .services()
        .forEach((name, service) ->
            service
                .mounts()
                .forEach(mount ->
                    bySource
                        .computeIfAbsent(mount.source(), none -> new ArrayList<>())
                        .add(new Use(mount, name))));
    List<StackPicture.Mounted> mounts = new ArrayList<>();
    bySource.forEach((source, uses) -> {
      boolean volume = uses.getFirst().mount().volume();
      PlacePath place =
          volume
              ? IN_DOCKER
              : called == null
                  ? PlacePath.unknown(Unplaced.Why.NO_CALL, "")
                  : PlacePath.of(source, called.directory(), values);
      if (!known(data, source, place.path(), volume)) {
        mounts.add(
            new StackPicture.Mounted(
                source,
                place.path(),
                place.unplaced(),
                List.copyOf(new TreeSet<>(uses.stream().map(Use::service).toList())),
                uses.stream().anyMatch(use -> !use.mount().readOnly())));
      }
    });
    return mounts;
  }

  /** Returns whether the catalogue names the place itself, or a folder around it. */
  private static boolean known(
      List<StackPicture.Data> data, String source, @Nullable Path path, boolean volume) {
    return data.stream()
        .anyMatch(place ->
            volume
                ? place.known().where() == DataFolder.Where.VOLUME
                    && place.known().path().equals(source)
                : path != null && place.path() != null && path.startsWith(place.path()));
  }

  /**
   * Returns the place that a variable names, as Compose reads it; places are no secrets. The
   * session's variables go before those of the env files, and of these the last counts.
   */
  private static @Nullable String setting(
      @Nullable ComposeInvocation called, String name, Session session) throws PlacePath.Unknown {
    String given = session.of(name);
    if (given != null) {
      return given;
    }
    if (called == null) {
      throw new PlacePath.Unknown(Unplaced.Why.NO_CALL, name);
    }
    for (Path file : called.envFilesInUse().reversed()) {
      if (Files.exists(file)) {
        try (EnvFile env = EnvFile.read(file)) {
          EnvEntry entry = env.entry(name);
          if (entry != null && env.interpolated(entry)) {
            throw new PlacePath.Unknown(Unplaced.Why.REFERS, name);
          }
          if (entry != null) {
            return text(env, name);
          }
        } catch (ProblemException unreadable) {
          throw new PlacePath.Unknown(Unplaced.Why.UNREADABLE, name);
        }
      }
    }
    return null;
  }

  private static @Nullable String text(EnvFile env, String name) {
    try (Secret value = env.value(name)) {
      return value == null ? null : value.withChars(String::new);
    }
  }
}
