package dev.quayside.stack.picture;

import dev.quayside.catalogue.DataFolder;
import dev.quayside.catalogue.StackKind;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.stack.StackDefinition;
import dev.quayside.stack.env.EnvSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds where a stack keeps data: the places that the catalogue knows, and what its services mount
 * beside them.
 *
 * @param data known places
 * @param mounts the others, by source
 */
record StackPlaces(List<StackPicture.Data> data, List<StackPicture.Mounted> mounts) {

  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::?-([^}]*))?}");

  /** Finds the places; reads env files for the variables in paths. */
  static StackPlaces of(
      StackKind kind,
      @Nullable Path root,
      @Nullable ComposeInvocation called,
      @Nullable StackDefinition definition) {
    List<StackPicture.Data> data = new ArrayList<>();
    for (DataFolder known : kind.dataFolders()) {
      Path path =
          known.where() == DataFolder.Where.FOLDER && root != null
              ? resolved(known.path(), root, called)
              : null;
      data.add(new StackPicture.Data(known, path));
    }
    return new StackPlaces(data, definition == null ? List.of() : others(data, called, definition));
  }

  private static List<StackPicture.Mounted> others(
      List<StackPicture.Data> data,
      @Nullable ComposeInvocation called,
      StackDefinition definition) {
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
      Path path = volume || called == null ? null : resolved(source, called.directory(), called);
      if (!known(data, source, path, volume)) {
        mounts.add(
            new StackPicture.Mounted(
                source,
                path,
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

  private static @Nullable Path resolved(
      String text, Path root, @Nullable ComposeInvocation called) {
    Matcher variable = VARIABLE.matcher(text);
    StringBuilder path = new StringBuilder();
    while (variable.find()) {
      String value = called == null ? null : setting(called, variable.group(1));
      String usual = variable.group(2);
      if (value == null && usual == null) {
        return null;
      }
      variable.appendReplacement(
          path, Matcher.quoteReplacement(value != null ? value : String.valueOf(usual)));
    }
    variable.appendTail(path);
    try {
      return path.indexOf("*") >= 0 ? null : root.resolve(path.toString()).normalize();
    } catch (InvalidPathException foreign) {
      return null;
    }
  }

  /** Returns the place that a variable names; places are no secrets. */
  private static @Nullable String setting(ComposeInvocation called, String name) {
    List<Path> files =
        called.envFiles().isEmpty()
            ? List.of(called.directory().resolve(".env"))
            : called.envFiles();
    return files.reversed().stream()
        .map(file -> EnvSettings.read(file, name))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}
