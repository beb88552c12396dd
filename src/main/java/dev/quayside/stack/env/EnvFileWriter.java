package dev.quayside.stack.env;

import dev.quayside.common.AtomicFiles;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.engine.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Puts new content into an environment file: by one atomic step, or in place where a container has
 * mounted the single file and would otherwise go on reading the old one. The caller keeps a forced
 * copy of the old content.
 */
public final class EnvFileWriter {

  private EnvFileWriter() {}

  /** Returns whether the file has to be written in place. */
  public static boolean inPlace(Engine engine, String project, Path file)
      throws IOException, ProblemException {
    return mountedByItself(engine, project, file) || !AtomicFiles.replaceable(file);
  }

  /** Writes {@code content}, in place or by one atomic step. */
  public static void write(Path file, byte[] content, boolean inPlace) throws IOException {
    if (inPlace) {
      AtomicFiles.rewrite(file, content);
    } else {
      AtomicFiles.replace(file, content);
    }
  }

  private static boolean mountedByItself(Engine engine, String project, Path file)
      throws IOException, ProblemException {
    for (Container container : engine.list()) {
      if (project.equals(container.project()) && mountedInto(engine, container, file)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether {@code container} has mounted the single file. */
  public static boolean mountedInto(Engine engine, Container container, Path file)
      throws IOException, ProblemException {
    for (ContainerInspection.Mount mount : engine.inspect(container.id()).mounts()) {
      if (mount.type().equals("bind") && same(Path.of(mount.source()), file)) {
        return true;
      }
    }
    return false;
  }

  /** The engine keeps the name it was given, which may lead through links. */
  private static boolean same(Path source, Path file) throws IOException {
    return source.normalize().equals(file)
        || (Files.exists(source) && Files.isSameFile(source, file));
  }

  /**
   * Returns whether {@code present} can be what is left when {@code one} was being written over
   * {@code other}, or the other way round: it is as long as the shorter one at least and as the
   * longer one at most, and each byte is from one of them at the same place.
   */
  public static boolean mixture(byte[] present, byte @Nullable [] one, byte @Nullable [] other) {
    if (one == null
        || other == null
        || present.length < Math.min(one.length, other.length)
        || present.length > Math.max(one.length, other.length)) {
      return false;
    }
    for (int i = 0; i < present.length; i++) {
      boolean known =
          (i < one.length && present[i] == one[i]) || (i < other.length && present[i] == other[i]);
      if (!known) {
        return false;
      }
    }
    return true;
  }
}
