package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.pgp.Gnupg;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Packs with the stock tools, and restores what they packed. */
final class ForeignBench {

  final Workbench inner;
  final Path place;
  final Path restored;
  private final Gnupg gpg;

  ForeignBench(Path root, Gnupg gpg) throws IOException {
    this.inner = new Workbench(root);
    this.place = Files.createDirectory(root.resolve("place"));
    this.restored = place.resolve("restored");
    this.gpg = gpg;
  }

  ForeignArchives archives(StepBoundary steps) throws Exception {
    return new ForeignArchives(
        inner.home, inner.journal(), InstantSource.fixed(Workbench.NOW), steps);
  }

  Outcome<ForeignReceipt> restore(Path file) throws Exception {
    return restore(file, Workbench.unlocking(), Progress.none());
  }

  Outcome<ForeignReceipt> restore(Path file, Unlocking unlocking, Progress progress)
      throws Exception {
    return archives(StepBoundary.none())
        .restore(new RestoreRequest(file, unlocking, restored), progress);
  }

  Outcome<ForeignReport> survey(Path file) throws Exception {
    return archives(StepBoundary.none()).survey(file, Workbench.unlocking(), Progress.none());
  }

  /**
   * Runs {@code tar} with {@code arguments}, of which empty ones are left out, in the folder above
   * the source.
   */
  byte[] tar(String... arguments) throws Exception {
    Path packed = Files.createTempFile(inner.root, "packed", "");
    List<String> command = new ArrayList<>(List.of("tar", "--create", "--file", packed.toString()));
    for (String each : arguments) {
      if (!each.isEmpty()) {
        command.add(each);
      }
    }
    boolean whole = command.getLast().equals(".");
    Path from = whole ? inner.source : inner.root;
    run(command, from);
    byte[] bytes = Files.readAllBytes(packed);
    Files.delete(packed);
    return bytes;
  }

  /** Unpacks {@code packed} as root would: with modes, owners and times. */
  Path unpackedByTar(byte[] packed) throws Exception {
    Path file = Files.write(Files.createTempFile(inner.root, "again", ""), packed);
    Path folder = Files.createDirectory(inner.root.resolve("by-tar"));
    run(List.of("tar", "--extract", "--preserve-permissions", "--file", file.toString()), folder);
    return folder;
  }

  private static void run(List<String> command, Path folder) throws Exception {
    Path log = Files.createTempFile("tar", "log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor()).as(command + Files.readString(log)).isZero();
    Files.delete(log);
  }

  /** Encrypts as the guide does, with {@code options} besides. */
  Path symmetric(byte[] plain, String... options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(options));
    // Few rounds, or every test would take a second; the interoperability test has the others.
    if (arguments.stream().noneMatch(each -> each.startsWith("--s2k"))) {
      arguments.addAll(List.of("--s2k-count", "65536"));
    }
    arguments.addAll(List.of("--passphrase-file", gpg.passphraseFile(Workbench.PASSPHRASE), "-c"));
    return written(gpg.succeed(plain, arguments.toArray(String[]::new)));
  }

  Path written(byte[] message) throws IOException {
    Path file = Files.createTempFile(inner.root, "foreign", ".gpg");
    return Files.write(file, message);
  }

  void assertNothingAppeared() throws Exception {
    assertThat(Workbench.names(place)).isEmpty();
    assertThat(new Unfinished(inner.home).ids()).isEmpty();
  }

  static String code(Outcome<?> outcome) {
    return switch (outcome) {
      case Outcome.Done<?> done -> "Done";
      case Outcome.Failed<?> failed -> "Failed " + failed.problem().code();
      case Outcome.Refused<?> refused -> "Refused " + refused.problem().code();
      case Outcome.Attention<?> attention -> "Attention " + attention.problem().code();
      case Outcome.Found<?> found -> "Found " + ((ForeignReport) found.receipt()).fault().code();
    };
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  static byte[] joined(List<byte[]> pieces) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    pieces.forEach(all::writeBytes);
    return all.toByteArray();
  }
}
