package dev.quayside.backup.landing;

import dev.quayside.backup.PartStaging.Refusal;
import dev.quayside.common.Messages;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Names the running services that have to stand still while data changes places.
 *
 * @param consumers services that use any of it, without the servers of the databases
 * @param servers servers of databases that have one of the places mounted
 */
record Users(List<String> consumers, List<String> servers) {

  /** Says that somebody of elsewhere uses it, who may be done with it in a moment. */
  static final String SHARED = "LANDING-SHARED";

  private static final Messages MESSAGES = Messages.of("landing");

  Users {
    consumers = List.copyOf(consumers);
    servers = List.copyOf(servers);
  }

  /**
   * Finds them.
   *
   * @param running every running container of the engine
   * @param folders folders that change places
   * @param sources volumes and folders whose content changes places inside them
   * @param services servers whose databases change names
   * @throws Refusal if somebody else than {@code stack} uses any of it
   */
  static Users of(
      String stack,
      List<Consumers> running,
      Collection<Path> folders,
      Collection<String> sources,
      Set<String> services)
      throws Refusal {
    List<Consumers> ours = running.stream().filter(one -> one.stack().equals(stack)).toList();
    List<Consumers> hosts = ours.stream().filter(one -> services.contains(one.service())).toList();
    for (Consumers other : running) {
      boolean shared =
          other.holds(folders) || sources.stream().anyMatch(one -> other.blocks(stack, one));
      if (!ours.contains(other) && shared) {
        throw new Refusal(MESSAGES.problem(SHARED, stack, other.service()));
      }
    }
    Set<String> consumers = new TreeSet<>();
    Set<String> servers = new TreeSet<>();
    for (Consumers one : ours) {
      boolean touched = one.reaches(folders) || sources.stream().anyMatch(one::sees);
      if (services.contains(one.service())) {
        if (touched) {
          servers.add(one.service());
        }
      } else if (touched || hosts.stream().anyMatch(one::meets)) {
        consumers.add(one.service());
      }
    }
    // Stopping the owner of a network takes it from whoever lives in it, and of processes ends
    // them.
    boolean more = true;
    while (more) {
      more = false;
      for (Consumers one : ours) {
        boolean joins = one.livesIn(consumers) || one.livesIn(servers);
        if (joins && !services.contains(one.service())) {
          more |= consumers.add(one.service());
        } else if (joins) {
          more |= servers.add(one.service());
        }
      }
    }
    return new Users(List.copyOf(consumers), List.copyOf(servers));
  }

  /** Returns these and {@code others}, each once. */
  Users and(Users others) {
    Set<String> consumers = new TreeSet<>(consumers());
    consumers.addAll(others.consumers());
    Set<String> servers = new TreeSet<>(servers());
    servers.addAll(others.servers());
    return new Users(List.copyOf(consumers), List.copyOf(servers));
  }

  /** Finds those of a restore that was begun, as the stack runs now. */
  static Users of(LandingRecord record, List<Consumers> running) throws Refusal {
    return of(record, record.folders(), record.mounts(), running);
  }

  /** Finds those of a part of its places, and of all its databases. */
  static Users of(
      LandingRecord record,
      List<LandingRecord.FolderSwap> folders,
      List<LandingRecord.MountSwap> mounts,
      List<Consumers> running)
      throws Refusal {
    return of(
        record.stack(),
        running,
        folders.stream().map(LandingRecord.FolderSwap::livePath).toList(),
        mounts.stream().map(LandingRecord.MountSwap::source).toList(),
        services(record));
  }

  /** Returns the services whose databases change names. */
  static Set<String> services(LandingRecord record) {
    Set<String> services = new TreeSet<>();
    record.databases().forEach(one -> services.add(one.service()));
    return services;
  }
}
