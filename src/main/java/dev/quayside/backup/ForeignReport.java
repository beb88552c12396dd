package dev.quayside.backup;

import dev.quayside.backup.foreign.ContentKind;
import dev.quayside.common.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells what reading a file of other origin to its end showed. There is no seal in it: nobody can
 * tell whether something is missing.
 *
 * @param file where it is
 * @param bytes its size
 * @param encrypted whether it was encrypted, so that its end proves that nobody altered it who has
 *     neither passphrase nor key
 * @param origin who can have made it, as far as can be told
 * @param kind what it holds
 * @param layers the compressions around that, the outermost first
 * @param entries files, folders and links of a tar stream
 * @param contentBytes bytes of content, expanded
 * @param tops what lies at the top of a tar stream, at most 200 names
 * @param passed how many devices, named pipes and the like it has, which are never restored
 * @param passedOver the first of them by name
 * @param extended how many entries have extended attributes or access lists, which are lost
 * @param outside how many symbolic links lead out of the folder
 * @param outsideLinks the first of them
 * @param special how many files and folders run as their owner or the like
 * @param sql what reading its SQL showed; null if it holds none
 * @param fault what is wrong with it; null if nothing
 * @param took how long it took
 */
public record ForeignReport(
    Path file,
    long bytes,
    boolean encrypted,
    Origin origin,
    ContentKind kind,
    List<ContentKind> layers,
    long entries,
    long contentBytes,
    List<Top> tops,
    long passed,
    List<String> passedOver,
    long extended,
    long outside,
    List<String> outsideLinks,
    long special,
    @Nullable Sql sql,
    @Nullable Problem fault,
    Duration took) {

  /** Makes the lists immutable. */
  public ForeignReport {
    layers = List.copyOf(layers);
    tops = List.copyOf(tops);
    passedOver = List.copyOf(passedOver);
    outsideLinks = List.copyOf(outsideLinks);
  }

  /**
   * Describes what lies at the top of a tar stream.
   *
   * @param name its name
   * @param folder whether it is a folder
   * @param entries how many entries lie below it
   * @param bytes of content in it
   */
  public record Top(String name, boolean folder, long entries, long bytes) {}

  /**
   * Describes SQL.
   *
   * @param statements how many statements would be sent
   * @param tables into how many tables rows are copied
   * @param leftOut how many statements on owners and rights would be left out
   * @param refusal why it is never sent; null if nothing speaks against it
   */
  public record Sql(long statements, long tables, long leftOut, @Nullable Problem refusal) {}

  /** Adds what reading its SQL showed. */
  ForeignReport with(Sql read) {
    return new ForeignReport(
        file,
        bytes,
        encrypted,
        origin,
        kind,
        layers,
        entries,
        contentBytes,
        tops,
        passed,
        passedOver,
        extended,
        outside,
        outsideLinks,
        special,
        read,
        fault,
        took);
  }

  /** Returns whether it was read to its end without a fault. */
  public boolean sound() {
    return fault == null;
  }
}
