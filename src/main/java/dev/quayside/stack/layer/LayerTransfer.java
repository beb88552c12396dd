package dev.quayside.stack.layer;

import dev.quayside.common.AtomicFiles;
import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.engine.Engine;
import dev.quayside.journal.Intent;
import dev.quayside.journal.JournaledEngine;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Copies paths of a container's writable layer into a file and back, and compares. */
final class LayerTransfer {

  private static final int LONGEST = 200;
  private static final Messages MESSAGES = Messages.of("lifecycle");

  private final Engine engine;
  private final JournaledEngine control;
  private final Intent intent;

  LayerTransfer(Engine engine, JournaledEngine control, Intent intent) {
    this.engine = engine;
    this.control = control;
    this.intent = intent;
  }

  /** Copies what was found into {@code file}, mode 0600, and returns its fingerprint. */
  String copyOut(ContainerId id, String service, LayerFindings found, Path file)
      throws ProblemException, IOException {
    Set<String> wanted = new HashSet<>(found.kept());
    wanted.addAll(found.folders());
    AtomicFiles.destroy(file);
    try (OutputStream sink = new BufferedOutputStream(AtomicFiles.createStream(file))) {
      LayerTar tar = new LayerTar(wanted::contains, sink);
      download(id, LayerPlaces.roots(wanted), tar);
      tar.finish();
      Set<String> missing = new TreeSet<>(wanted);
      missing.removeAll(tar.paths());
      if (!missing.isEmpty()) {
        // The engine leaves sockets out, for example.
        throw notPortable(service, missing.iterator().next());
      }
      return tar.fingerprint();
    } catch (LayerTar.NotPortable odd) {
      throw notPortable(service, String.valueOf(odd.getMessage()));
    }
  }

  private static ProblemException notPortable(String service, String path) {
    return new ProblemException(
        MESSAGES.problem("LAYER-ODD", service, ForeignText.line(path, LONGEST)));
  }

  private void download(ContainerId id, List<String> roots, LayerTar tar)
      throws ProblemException, IOException {
    for (String root : roots) {
      try (InputStream archive = engine.archive(id, root)) {
        tar.read(archive, LayerPlaces.parent(root));
      }
    }
  }

  /**
   * Puts the content of {@code file} into a container that was never started.
   *
   * @param fingerprint which the file has to have
   * @return whether all of it was: what the container has a mount over is not, and nothing is where
   *     its root is read-only
   */
  Upload upload(ContainerId id, String service, Path file, String fingerprint)
      throws ProblemException, IOException {
    LayerTar all = read(file, path -> true, null);
    if (!all.fingerprint().equals(fingerprint)) {
      throw new ProblemException(MESSAGES.problem("LAYER-COPY-DAMAGED", service, file));
    }
    Set<String> covered = covered(id, all.paths());
    if (covered.isEmpty()) {
      send(id, file);
      return new Upload(all.paths(), fingerprint, true);
    }
    Path rest = file.resolveSibling(file.getFileName() + ".part");
    AtomicFiles.destroy(rest);
    LayerTar part;
    try (OutputStream sink = new BufferedOutputStream(AtomicFiles.createStream(rest))) {
      part = read(file, path -> !covered.contains(path), sink);
    }
    if (!part.paths().isEmpty()) {
      send(id, rest);
    }
    AtomicFiles.destroy(rest);
    return new Upload(part.paths(), part.fingerprint(), false);
  }

  /**
   * Tells what was put into a container.
   *
   * @param paths absolute
   * @param fingerprint of them
   * @param whole whether that is all that was copied
   */
  record Upload(Set<String> paths, String fingerprint, boolean whole) {}

  private static LayerTar read(Path file, Predicate<String> wanted, @Nullable OutputStream sink)
      throws IOException {
    try (InputStream stream = new BufferedInputStream(Files.newInputStream(file))) {
      LayerTar tar = new LayerTar(wanted, sink);
      tar.read(stream, "/");
      tar.finish();
      return tar;
    }
  }

  private Set<String> covered(ContainerId id, Set<String> paths) throws ProblemException {
    ContainerInspection inspection = engine.inspect(id);
    if (inspection.readOnlyRoot()) {
      // The engine would put nothing at all into it.
      return paths;
    }
    Set<String> covered = new HashSet<>();
    for (ContainerInspection.Mount mount : inspection.mounts()) {
      for (String path : paths) {
        if (LayerPlaces.below(path, mount.target())) {
          covered.add(path);
        }
      }
    }
    return covered;
  }

  private void send(ContainerId id, Path file) throws ProblemException, IOException {
    try (InputStream archive = new BufferedInputStream(Files.newInputStream(file))) {
      control.uploadArchive(intent, id, "/", archive);
    }
  }

  /** Reads back what was put into a container; throws a problem if it is not the same. */
  void check(ContainerId id, String service, Upload upload) throws ProblemException, IOException {
    LayerTar there = new LayerTar(upload.paths()::contains, null);
    if (!upload.paths().isEmpty()) {
      download(id, LayerPlaces.roots(upload.paths()), there);
    }
    if (!there.fingerprint().equals(upload.fingerprint())) {
      throw new ProblemException(MESSAGES.problem("LAYER-NOT-SAME", service));
    }
  }
}
