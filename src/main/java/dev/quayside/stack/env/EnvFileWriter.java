package dev.quayside.stack.env;

import dev.quayside.common.AtomicFiles;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.engine.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Puts new content into an environment file: by one atomic step, or in place where a container has
 * mounted the single file and would otherwise go on reading the old one. The caller keeps a forced
 * copy of the old content.
 */
public final class EnvFileWriter {

  private EnvFileWriter() {}

  /**
   * Returns whether the file has to be written in place. Whose the container is does not matter:
   * one that was made by hand, or by another project, would go on reading the old file as well.
   */
  public static boolean inPlace(Engine engine, Path file) throws IOException, ProblemException {
    return mountedByItself(engine, file) || !AtomicFiles.replaceable(file);
  }

  /** Does {@link #inPlace(Engine, Path)} for a file of {@code project}. */
  public static boolean inPlace(Engine engine, String project, Path file)
      throws IOException, ProblemException {
    return inPlace(engine, file);
  }

  /** Writes {@code content}, in place or by one atomic step. */
  public static void write(Path file, byte[] content, boolean inPlace) throws IOException {
    if (inPlace) {
      AtomicFiles.rewrite(file, content);
    } else {
      AtomicFiles.replace(file, content);
    }
  }

  /** Does the same, and asks {@code watch} at each moment. */
  public static void write(Path file, byte[] content, boolean inPlace, AtomicFiles.Watch watch)
      throws IOException {
    if (inPlace) {
      AtomicFiles.rewrite(file, content, watch);
    } else {
      AtomicFiles.replace(file, content, watch);
    }
  }

  private static boolean mountedByItself(Engine engine, Path file)
      throws IOException, ProblemException {
    for (Container container : engine.list()) {
      if (mountedInto(engine, container, file)) {
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
   * {@code other}, or the other way round. A write that is cut off leaves the begin of one and the
   * rest of the other; where putting back was cut off too, there is one piece more. After a loss of
   * power each page may be from either.
   */
  public static boolean mixture(byte[] present, byte @Nullable [] one, byte @Nullable [] other) {
    return one != null
        && other != null
        && present.length >= Math.min(one.length, other.length)
        && present.length <= Math.max(one.length, other.length)
        && (pieces(present, one, other) <= MOST_PIECES || pages(present, one, other));
  }

  private static final int MOST_PIECES = 3;
  private static final int PAGE = 4096;
  private static final int NEVER = Integer.MAX_VALUE / 2;

  /** Returns of how few pieces of the two, taking turns, it can be made. */
  private static int pieces(byte[] present, byte[] one, byte[] other) {
    int endingInOne = 1;
    int endingInOther = 1;
    for (int i = 0; i < present.length; i++) {
      int fromOne = is(one, i, present[i]) ? Math.min(endingInOne, endingInOther + 1) : NEVER;
      endingInOther = is(other, i, present[i]) ? Math.min(endingInOther, endingInOne + 1) : NEVER;
      endingInOne = fromOne;
    }
    return Math.min(endingInOne, endingInOther);
  }

  private static boolean is(byte[] content, int index, byte wanted) {
    return index < content.length && content[index] == wanted;
  }

  private static boolean pages(byte[] present, byte[] one, byte[] other) {
    for (int start = 0; start < present.length; start += PAGE) {
      int end = Math.min(start + PAGE, present.length);
      if (!same(present, one, start, end) && !same(present, other, start, end)) {
        return false;
      }
    }
    return true;
  }

  private static boolean same(byte[] present, byte[] content, int start, int end) {
    return end <= content.length && Arrays.equals(present, start, end, content, start, end);
  }
}
