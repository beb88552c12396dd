package dev.quayside.backup.landing;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Proves what a restore over a stack, its undoing or its acceptance did.
 *
 * @param state what holds now
 * @param stack the stack's name
 * @param archive where the restored set came from
 * @param begun when the restore was begun
 * @param folders the folders that were exchanged
 * @param databases the databases that were exchanged
 * @param mounts volumes, and folders that are not ours, whose content was exchanged; the old one is
 *     kept inside, hidden
 * @param services the services that were stopped and started again
 * @param changed files that changed while the archive was made
 * @param answers how the services that it concerned stood at the end; empty where none was asked
 */
public record LandingReceipt(
    State state,
    String stack,
    Path archive,
    Instant begun,
    List<Folder> folders,
    List<Database> databases,
    List<String> mounts,
    List<String> services,
    List<String> changed,
    List<ServiceAnswer> answers) {

  /** Makes the lists immutable. */
  public LandingReceipt {
    folders = List.copyOf(folders);
    databases = List.copyOf(databases);
    mounts = List.copyOf(mounts);
    services = List.copyOf(services);
    changed = List.copyOf(changed);
    answers = List.copyOf(answers);
  }

  /** Tells of one after which no service was asked. */
  public LandingReceipt(
      State state,
      String stack,
      Path archive,
      Instant begun,
      List<Folder> folders,
      List<Database> databases,
      List<String> mounts,
      List<String> services,
      List<String> changed) {
    this(state, stack, archive, begun, folders, databases, mounts, services, changed, List.of());
  }

  LandingReceipt with(List<ServiceAnswer> seen) {
    return new LandingReceipt(
        state, stack, archive, begun, folders, databases, mounts, services, changed, seen);
  }

  /** Returns the services that somebody has to look at, each with what was seen. */
  List<String> bad() {
    return answers.stream()
        .filter(one -> one.kind().bad())
        .map(one -> one.service() + " " + one.evidence())
        .toList();
  }

  /** Names what can hold. */
  public enum State {
    /** The restored set is in place, the old one is kept. */
    RESTORED,
    /** The old set is in place again, the restored one is removed. */
    UNDONE,
    /** The restored set is in place, the old one is removed. */
    ACCEPTED
  }

  /**
   * Names a folder that was exchanged.
   *
   * @param live where it is
   * @param kept where the old one is kept
   */
  public record Folder(Path live, Path kept) {}

  /**
   * Names a database that was exchanged.
   *
   * @param service the service of its server
   * @param name its name
   * @param kept name of the old one
   */
  public record Database(String service, String name, String kept) {}

  static LandingReceipt of(LandingRecord record, State state, List<String> changed) {
    List<String> services = new ArrayList<>(record.servers());
    services.addAll(record.consumers());
    return new LandingReceipt(
        state,
        record.stack(),
        Path.of(record.archive()),
        record.at(),
        record.folders().stream().map(one -> new Folder(one.livePath(), one.keptPath())).toList(),
        record.databases().stream()
            .map(one -> new Database(one.service(), one.name(), one.kept()))
            .toList(),
        record.mounts().stream().map(LandingRecord.MountSwap::source).toList(),
        services,
        changed);
  }
}
