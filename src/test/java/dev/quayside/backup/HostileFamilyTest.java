package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;
import dev.quayside.common.Secret;
import dev.quayside.common.StepBoundary;
import dev.quayside.pgp.PgpEncryption;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Puts everything hostile that is known, and 2,000 tar streams with altered headers, into authentic
 * archives and restores them as an operator would: nothing appears, and what lies around stays as
 * it is. {@link HostileArchiveTest} has the known ones without the encryption.
 */
@Tag("full")
@Tag("full-backup-hostile")
class HostileFamilyTest {

  private static final int ALTERED = 2000;
  private static final int MANY = 100_000;
  private static final int LONG_NAME = 4000;
  private static final int HEADER = 512;

  @TempDir private Path folder;
  private final Map<String, Integer> answers = new TreeMap<>();
  private Workbench bench;
  private Path place;
  private List<String> around;

  @BeforeEach
  void setUp() throws Exception {
    bench = new Workbench(folder.resolve("bench"));
    place = Files.createDirectory(folder.resolve("place"));
    Files.writeString(place.resolve("neighbour"), "mine");
    Files.writeString(Files.createDirectory(place.resolve("evil")).resolve("kept"), "mine");
    around = Workbench.describe(place);
  }

  @Test
  void nothingHostileIsRestored() throws Exception {
    for (HostileCases.Case each : HostileCases.all()) {
      assertThat(restore(each.forging().forge(), each.name()))
          .as(each.name())
          .endsWith(each.code());
    }
    Random random = FamilyFigures.random();
    byte[] good =
        tarOf(
            Forge.begun()
                .file("files/data/a", "alpha")
                .folder("files/data/sub")
                .file("files/data/sub/" + "n".repeat(150), "beta")
                .symbolicLink("files/data/link", "a")
                .hardLink("files/data/again", "files/data/a")
                .finished());
    assertThat(restore(compressed(good), "not altered")).isEqualTo("Done");
    Path restored = place.resolve("restored");
    List<String> meant = Workbench.describe(restored.resolve("files"));
    StagingFolder.remove(restored);
    for (int i = 0; i < FamilyFigures.share(ALTERED); i++) {
      String answer = restore(compressed(altered(good, random)), "altered " + i);
      assertThat(answer).as("altered %d", i).doesNotContain("INTERNAL");
      if (answer.equals("Done")) {
        // Not every byte of a header means something.
        assertThat(Workbench.describe(restored.resolve("files"))).isEqualTo(meant);
        StagingFolder.remove(restored);
      }
    }
    FamilyFigures.write("backup-hostile", answers);
  }

  @Test
  void manyEntriesAndLongNamesAreRestoredOrRefusedInBoundedMemory() throws Exception {
    Forge many = Forge.begun(Forge.plan(1 << 20, MANY + 10));
    for (int i = 0; i < MANY; i++) {
      many.file("files/data/" + i, "");
    }
    assertThat(restore(many.finished(), "many entries")).isEqualTo("Done");
    StagingFolder.remove(place.resolve("restored"));
    Forge deep = Forge.begun();
    StringBuilder path = new StringBuilder("files/data");
    while (path.length() + 201 < LONG_NAME) {
      path.append('/').append("d".repeat(200));
      deep.folder(path.toString());
    }
    assertThat(restore(deep.file(path + "/x", "deep").finished(), "a long path")).isEqualTo("Done");
    StagingFolder.remove(place.resolve("restored"));
    assertThat(
            restore(
                Forge.begun().file("files/data/" + "n".repeat(LONG_NAME), "x").finished(),
                "a 4 KB name"))
        .isEqualTo("Failed BACKUP-LONG-PATH");
  }

  /** The same streams without a plan, as any tar would write them; read by the way for those. */
  @Test
  void nothingHostileLeavesTheFolderThatFilesOfOthersAreUnpackedInto() throws Exception {
    Random random = FamilyFigures.random();
    byte[] good =
        new Forge()
            .folder("data")
            .file("data/a", "alpha")
            .folder("data/sub")
            .header('L', "data/sub/" + "n".repeat(150) + "\0")
            .file("data/short", "beta")
            .symbolicLink("data/link", "a")
            .hardLink("data/again", "data/a")
            .end()
            .tarBytes();
    assertThat(foreign(good, "not altered")).isEqualTo("FOREIGN-RESTORED-PLAIN");
    int restored = 0;
    for (int i = 0; i < FamilyFigures.share(ALTERED); i++) {
      String answer = foreign(altered(good, random), "altered " + i);
      assertThat(answer).as("altered %d", i).startsWith("FOREIGN-");
      restored += answer.startsWith("FOREIGN-RESTORED") ? 1 : 0;
    }
    assertThat(restored).isLessThan(FamilyFigures.share(ALTERED));
  }

  /** Unpacks {@code tar}, looks that no link leads out, and takes everything away again. */
  private String foreign(byte[] tar, String name) throws Exception {
    Path file = Files.write(folder.resolve("hostile.tar.gz"), compressed(tar));
    Path target = place.resolve("restored");
    String answer = code(foreign(file, target));
    if (Files.exists(target)) {
      try (var all = Files.walk(target)) {
        for (Path path : all.filter(Files::isSymbolicLink).toList()) {
          Path leads = path.resolveSibling(Files.readSymbolicLink(path)).normalize();
          assertThat(leads.startsWith(target)).as("%s: %s", name, leads).isTrue();
        }
      }
      StagingFolder.remove(target);
    }
    assertThat(Workbench.describe(place)).as(name).isEqualTo(around);
    assertThat(Path.of("/tmp/evil")).as(name).doesNotExist();
    return answer;
  }

  private Outcome<ForeignReceipt> foreign(Path file, Path target) throws Exception {
    return new ForeignArchives(
            bench.home, bench.journal(), InstantSource.fixed(Workbench.NOW), StepBoundary.none())
        .restore(new RestoreRequest(file, Workbench.unlocking(), target), Progress.none());
  }

  private static String code(Outcome<ForeignReceipt> outcome) {
    return switch (outcome) {
      case Outcome.Failed<ForeignReceipt> failed -> failed.problem().code();
      case Outcome.Refused<ForeignReceipt> refused -> refused.problem().code();
      case Outcome.Attention<ForeignReceipt> attention -> attention.problem().code();
      case Outcome<ForeignReceipt> other -> other.toString();
    };
  }

  /** Changes bytes of one header and mends its checksum, so that the change is looked at. */
  private static byte[] altered(byte[] good, Random random) {
    byte[] bad = good.clone();
    int at = random.nextInt(bad.length / HEADER) * HEADER;
    for (int i = 0; i <= random.nextInt(4); i++) {
      bad[at + random.nextInt(HEADER)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    }
    Arrays.fill(bad, at + 148, at + 156, (byte) ' ');
    long sum = 0;
    for (int i = at; i < at + HEADER; i++) {
      sum += bad[i] & 0xFF;
    }
    byte[] digits = String.format("%06o", sum).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    System.arraycopy(digits, 0, bad, at + 148, digits.length);
    bad[at + 154] = 0;
    return Arrays.equals(good, bad) ? altered(good, random) : bad;
  }

  private static byte[] tarOf(byte[] compressed) throws IOException {
    try (InputStream tar = CompressionStreams.input(new ByteArrayInputStream(compressed))) {
      return tar.readAllBytes();
    }
  }

  private static byte[] compressed(byte[] tar) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = CompressionStreams.output(Compression.GZIP, bytes)) {
      out.write(tar);
    }
    return bytes.toByteArray();
  }

  private String restore(byte[] content, String name) throws Exception {
    Path archive = folder.resolve("hostile.tar.zst.gpg");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Secret secret = Secret.owning(Workbench.PASSPHRASE.toCharArray());
        OutputStream out = PgpEncryption.toPassphrase(bytes, secret)) {
      out.write(content);
    }
    Files.write(archive, bytes.toByteArray());
    Path target = place.resolve("restored");
    Outcome<RestoreReceipt> outcome =
        bench
            .restore(StepBoundary.none())
            .run(new RestoreRequest(archive, Workbench.unlocking(), target), Progress.none());
    String answer =
        switch (outcome) {
          case Outcome.Failed<RestoreReceipt> failed -> "Failed " + failed.problem().code();
          case Outcome.Refused<RestoreReceipt> refused -> "Refused " + refused.problem().code();
          case Outcome.Attention<RestoreReceipt> attention -> "Done";
          case Outcome.Done<RestoreReceipt> done -> "Done";
          case Outcome<RestoreReceipt> other -> other.toString();
        };
    answers.merge(answer, 1, Integer::sum);
    if (!answer.equals("Done")) {
      assertThat(Workbench.describe(place)).as(name).isEqualTo(around);
      assertThat(Workbench.names(place)).as(name).noneMatch(each -> each.startsWith("."));
    }
    assertThat(Path.of("/tmp/evil")).as(name).doesNotExist();
    return answer;
  }
}
