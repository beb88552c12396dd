package dev.quayside.backup;

import dev.quayside.backup.keys.KnownSigners;
import dev.quayside.common.AtomicFiles;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.pgp.PgpException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads the manifest in the file beside an archive: compressed, encrypted to the same,
 * and signed where the archive is.
 */
final class Sidecar {

  private static final String ARCHIVE = ".gpg";
  private static final String SUFFIX = ".manifest.gpg";

  /** Most that is expanded of one: about a million entries. */
  private static final long MOST_BYTES = 512L << 20;

  private Sidecar() {}

  /** Returns where the manifest of {@code archive} lies. */
  static Path path(Path archive) {
    String name = archive.getFileName().toString();
    String stem =
        name.endsWith(ARCHIVE) ? name.substring(0, name.length() - ARCHIVE.length()) : name;
    return archive.resolveSibling(stem + SUFFIX);
  }

  /** Writes a manifest into {@code message}, which is closed. */
  static void write(
      OutputStream message,
      Manifest.FileFactsOf archive,
      ArchivePlan plan,
      Manifest.Secrets secrets,
      Ledger ledger)
      throws IOException {
    try (OutputStream out = CompressionStreams.output(Compression.ZSTD, message)) {
      text(out, "{\"format\":" + Manifest.FORMAT + ",\n\"archive\":");
      out.write(Json.MAPPER.writeValueAsBytes(archive));
      text(out, ",\n\"plan\":");
      out.write(ArchivePlans.write(plan));
      text(out, ",\n\"secrets\":");
      out.write(Json.MAPPER.writeValueAsBytes(secrets));
      text(out, ",\n\"seal\":");
      ledger.write(plan.id(), out);
      text(out, "}\n");
    }
  }

  private static void text(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What was found beside an archive.
   *
   * @param manifest null unless it is authentic
   */
  record Found(ManifestState state, @Nullable Manifest manifest) {

    static Found nothing(ManifestState state) {
      return new Found(state, null);
    }
  }

  /**
   * Reads the manifest of {@code archive} and compares identity, size and beginning of the file.
   *
   * @throws ProblemException if the passphrase was not given
   */
  static Found read(Path archive, Unlocking unlocking, KnownSigners known)
      throws IOException, ProblemException {
    Path file = path(archive);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Found.nothing(ManifestState.NONE);
    }
    try (OpenedArchive opened = OpenedArchive.open(file, unlocking, known, Progress.none())) {
      Manifest manifest = parse(opened.decrypted());
      if (!opened.origin().known()) {
        return Found.nothing(ManifestState.UNSIGNED);
      }
      return belongs(manifest, archive)
          ? new Found(ManifestState.AUTHENTIC, manifest)
          : Found.nothing(ManifestState.OTHER_ARCHIVE);
    } catch (PgpException e) {
      return Found.nothing(ArchiveProblems.fault(e) ? ManifestState.DAMAGED : ManifestState.CLOSED);
    } catch (ArchiveException e) {
      return Found.nothing(ManifestState.DAMAGED);
    }
  }

  /**
   * Copies the manifest of {@code archive}, if there is one, under the hidden name of that of
   * {@code copy}.
   */
  static void prepare(Path archive, Path copy) throws IOException {
    Path from = path(archive);
    Path hidden = ArchiveFile.part(path(copy));
    AtomicFiles.delete(hidden);
    if (Files.isRegularFile(from, LinkOption.NOFOLLOW_LINKS)) {
      AtomicFiles.create(hidden, Files.readAllBytes(from));
    }
  }

  /**
   * Ends what was prepared for {@code archive}: its manifest gets its name, if that is free, or
   * goes with it.
   *
   * @param complete whether the archive has its name, before which its manifest is complete
   */
  static void finish(Path archive, boolean complete) throws IOException {
    Path place = path(archive);
    Path hidden = ArchiveFile.part(place);
    if (complete
        && Files.isRegularFile(hidden, LinkOption.NOFOLLOW_LINKS)
        && !Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      ArchiveFile.name(hidden, place);
    }
    Files.deleteIfExists(hidden);
  }

  private static Manifest parse(InputStream decrypted) throws IOException {
    LimitedInput expanded = new LimitedInput(CompressionStreams.input(decrypted), MOST_BYTES);
    Manifest manifest = ManifestReader.read(expanded);
    // Nothing of it is authentic before its end.
    decrypted.transferTo(OutputStream.nullOutputStream());
    return manifest;
  }

  private static boolean belongs(Manifest manifest, Path archive) throws IOException {
    Manifest.FileFactsOf facts = manifest.archive();
    if (!facts.id().equals(manifest.plan().id()) || Files.size(archive) != facts.bytes()) {
      return false;
    }
    try (InputStream in = Files.newInputStream(archive)) {
      byte[] head = in.readNBytes(Manifest.HEAD);
      return HexFormat.of().formatHex(Sha256.of(head)).equals(facts.headSha256());
    }
  }
}
